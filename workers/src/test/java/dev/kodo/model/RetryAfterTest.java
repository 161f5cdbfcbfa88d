package dev.kodo.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kodo.testing.SettableClock;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {
  private final SettableClock clock = new SettableClock("2026-11-21T08:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "0, PT0S",
    "7, PT7S",
    "999999999, PT999999999S",
    "99999999999999999999, PT0S",
    "-7, PT0S",
    "1.5, PT0S",
    "soon, PT0S",
    "'Sat, 21 Nov 2026 08:00:30 GMT', PT30S",
    "'Sat, 21 Nov 2026 07:59:00 GMT', PT0S",
    "'Sat, 99 Nov 2026 08:00:30 GMT', PT0S",
    "2026-11-21T08:00:30Z, PT0S"
  })
  void readsSecondsAndDatesAndNothingElse(String header, Duration wait) {
    assertThat(RetryAfter.of(header, clock)).isEqualTo(wait);
  }
}
