package dev.kodo.kernel.workers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kodo.kernel.home.Json;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class DiagramNewsTest {
  @Test
  void saysNothingWhenTheEngineHasWhatIsHere() throws IOException {
    assertThat(DiagramNews.of(Json.parse("{\"changedLocally\":[],\"deployedByOthers\":[]}")))
        .isEmpty();
    assertThat(DiagramNews.of(Json.parse("{}"))).isEmpty();
  }

  @Test
  void namesWhatDeployWouldBringInAndWhatItWouldReplace() throws IOException {
    assertThat(
            DiagramNews.of(
                Json.parse(
                    "{\"changedLocally\":[\"a.bpmn\",\"b.dmn\"],\"deployedByOthers\":[\"a.bpmn\"]}")))
        .contains(
            "The engine has other versions than those here of: a.bpmn, b.dmn. `kodo deploy` brings"
                + " these in. It would replace what a person deployed: a.bpmn. To keep that, save"
                + " it here first.");
  }

  @Test
  void staysShort() throws IOException {
    assertThat(
            DiagramNews.of(
                Json.parse(
                    "{\"changedLocally\":[\"1\",\"2\",\"3\",\"4\",\"5\",\"6\",\"7\",\"8\",\"9\",\"10\"]}")))
        .hasValueSatisfying(
            news -> assertThat(news).contains("7, 8 and 2 more.").doesNotContain("9"));
  }
}
