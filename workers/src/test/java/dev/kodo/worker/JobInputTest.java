package dev.kodo.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobInputTest {
  /** The forms in which the engine and FEEL write one and the same time. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-21T08:10:00Z",
        "2026-11-21T09:10:00+01:00",
        "2026-11-21T08:10:00.000Z[GMT]",
        "2026-11-21T09:10:00+01:00[Europe/Berlin]",
        "2026-11-21T09:10:00@Europe/Berlin"
      })
  void readsADeadline(String written) {
    assertThat(input("{\"deadline\":\"%s\"}".formatted(written)).deadline())
        .isEqualTo(Instant.parse("2026-11-21T08:10:00Z"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"deadline\":null}"})
  void takesAJobWithoutADeadline(String variables) {
    assertThat(input(variables).deadline()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"2026-11-21T08:10:00\"",
        "\"soon\"",
        "\"PT10M\"",
        "\"2026-11-21T08:10:00@Nowhere/At-all\"",
        "5",
        "[]"
      })
  void namesADeadlineThatIsNoTime(String value) {
    assertThatThrownBy(() -> input("{\"deadline\":" + value + "}").deadline())
        .isInstanceOf(JobFailure.class)
        .hasMessageContaining("deadline");
  }

  private static JobInput input(String variables) {
    return new JobInput(new ObjectMapper(), variables);
  }
}
