package dev.kodo.routine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0 7 * * *     | 2026-06-01T05:00:00Z
          30 6 * * 1-5  | 2026-06-01T04:30:00Z
          */20 * * * *  | 2026-05-31T22:20:00Z
          0 0 1 * *     | 2026-06-30T22:00:00Z
          0 12 * * SUN  | 2026-06-07T10:00:00Z
          0 12 * * 7    | 2026-06-07T10:00:00Z
          0 12 * * 0    | 2026-06-07T10:00:00Z
          0 9 29 2 *    | 2028-02-29T08:00:00Z
          @daily        | 2026-06-01T22:00:00Z
          """)
  void readsWhatACrontabHolds(String text, Instant next) {
    assertThat(Schedule.parse(text).next(Instant.parse("2026-05-31T22:00:00Z"), BERLIN))
        .contains(next);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0 7 * *          | has 4 fields
          0 0 7 * * *      | has 6 fields
          61 * * * *       | cannot be read
          every day * * *  | cannot be read
          0 0 30 2 *       | never comes
          0 0 1 * 1        | names days of the month and days of the week
          @reboot          | is none of
          """)
  void saysWhatIsWrong(String text, String words) {
    assertThatThrownBy(() -> Schedule.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(words);
  }

  @Test
  void comesOnceOnTheDayOnWhichItsHourIsLeftOut() {
    // In Berlin the clock goes from 02:00 to 03:00 on 29 March 2026.
    assertThat(times("30 2 * * *", "2026-03-28T00:00:00Z", "2026-03-31T00:00:00Z"))
        .containsExactly("2026-03-28T01:30:00Z", "2026-03-29T01:30:00Z", "2026-03-30T00:30:00Z");
  }

  @Test
  void comesOnceOnTheDayOnWhichItsHourComesTwice() {
    // In Berlin the clock goes from 03:00 back to 02:00 on 25 October 2026.
    assertThat(times("30 2 * * *", "2026-10-24T00:00:00Z", "2026-10-27T00:00:00Z"))
        .containsExactly("2026-10-24T00:30:00Z", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z");
  }

  @Test
  void followsTheHoursThatPassWhereItNamesNone() {
    assertThat(times("0 * * * *", "2026-10-24T23:30:00Z", "2026-10-25T02:30:00Z"))
        .containsExactly("2026-10-25T00:00:00Z", "2026-10-25T01:00:00Z", "2026-10-25T02:00:00Z");
    assertThat(times("*/30 * * * *", "2026-03-29T00:15:00Z", "2026-03-29T01:45:00Z"))
        .containsExactly("2026-03-29T00:30:00Z", "2026-03-29T01:00:00Z", "2026-03-29T01:30:00Z");
    assertThat(times("*/30 * * * *", "2026-10-25T00:15:00Z", "2026-10-25T02:15:00Z"))
        .containsExactly(
            "2026-10-25T00:30:00Z",
            "2026-10-25T01:00:00Z",
            "2026-10-25T01:30:00Z",
            "2026-10-25T02:00:00Z");
  }

  private static List<String> times(String text, String from, String to) {
    Schedule schedule = Schedule.parse(text);
    List<String> times = new ArrayList<>();
    Instant next = schedule.next(Instant.parse(from), BERLIN).orElseThrow();
    while (next.isBefore(Instant.parse(to))) {
      times.add(next.toString());
      next = schedule.next(next, BERLIN).orElseThrow();
    }
    return times;
  }
}
