package dev.kodo.kernel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kodo.kernel.home.Json;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class StuckTextTest {
  private static final Instant NOW = Instant.parse("2026-03-01T09:12:00Z");

  @Test
  void tellsWhereSinceWhenWhyAndWhatIsDone() {
    assertThat(StuckText.of(stuck("No such folder"), NOW).lines())
        .containsExactly(
            "  R-7  Task_Tell of story (agent main, instance 2251) since 12 min 00 s",
            "      JOB_NO_RETRIES: No such folder",
            "      self-repair: tried again once, decides at its next look");
  }

  @Test
  void letsNoTextFromOutsideOutOfItsLine() {
    String text = StuckText.of(stuck("a\u001b[2Jb\r\nWaiting for you:\n" + "x".repeat(500)), NOW);

    assertThat(text.lines()).hasSize(3).allMatch(line -> line.length() < 150);
    assertThat(text).doesNotContain("\u001b").contains("a[2Jb Waiting for you:");
  }

  private static ObjectNode stuck(String why) {
    return Json.object()
        .put("repairId", "R-7")
        .put("agentId", "main")
        .put("process", "story")
        .put("element", "Task_Tell")
        .put("instanceKey", 2251)
        .put("kind", "JOB_NO_RETRIES")
        .put("why", why)
        .put("since", "2026-03-01T09:00:00Z")
        .put("doing", "tried again once, decides at its next look");
  }
}
