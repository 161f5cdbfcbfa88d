package dev.kodo.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ItemsTest {
  record Input(String agentId, @Nullable Items files) {}

  @Test
  void takesWhatStandsBetweenCommasOrTheTextsOfAList() {
    assertThat(files("\"a.md\\n\\n  b.md,c.md, \\r\\na.md\""))
        .isEqualTo(Items.of("a.md", "b.md", "c.md"));
    assertThat(files("[\"a.md\", null, \"b, c.md\"]")).isEqualTo(Items.of("a.md", "b, c.md"));
  }

  @Test
  void tellsNothingListedFromNothingSaid() {
    assertThat(files("null")).isEqualTo(Items.of());
    assertThat(files("\" \"")).isEqualTo(Items.of());
    assertThat(new JobInput(new ObjectMapper(), "{}").as(Input.class).files()).isNull();
  }

  @Test
  void refusesWhatIsNoText() {
    assertThatThrownBy(() -> files("{\"a\": 1}"))
        .isInstanceOf(JobFailure.class)
        .hasMessageContaining("text or a list of texts");
    assertThatThrownBy(() -> files("[1]")).hasMessageContaining("text or a list of texts");
  }

  private static @Nullable Items files(String json) {
    return new JobInput(new ObjectMapper(), "{\"files\": %s}".formatted(json))
        .as(Input.class)
        .files();
  }
}
