package dev.kodo.kernel.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowsTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @Test
  void beginsTheDayInTheOwnersZone() {
    SteppingClock clock = new SteppingClock(Instant.parse("2026-06-01T14:59:59Z"));
    Windows windows = new Windows(clock, ZoneId.of("Asia/Tokyo"), Instant.EPOCH);
    assertThat(windows.now().day()).isEqualTo(LocalDate.of(2026, 6, 1));
    clock.step(Duration.ofSeconds(1));
    assertThat(windows.now().day()).isEqualTo(LocalDate.of(2026, 6, 2));
  }

  @ParameterizedTest
  @CsvSource({"2026-03-29,23", "2026-06-01,24", "2026-10-25,25"})
  void givesADayAsManyHoursAsItHas(LocalDate day, int hours) {
    SteppingClock clock = new SteppingClock(day.atStartOfDay(BERLIN).toInstant());
    Windows windows = new Windows(clock, BERLIN, Instant.EPOCH);
    Set<Instant> seen = new HashSet<>();
    while (windows.now().day().equals(day)) {
      seen.add(windows.now().hour());
      clock.step(Duration.ofMinutes(10));
    }
    assertThat(seen).hasSize(hours);
  }

  @Test
  void doesNotOpenAWindowAgainWhenTheClockStepsBack() {
    SteppingClock clock = new SteppingClock(Instant.parse("2026-06-01T10:30:00Z"));
    Windows windows = new Windows(clock, BERLIN, Instant.parse("2026-06-01T12:15:00Z"));
    Window first = windows.now();
    assertThat(first.at()).isEqualTo(Instant.parse("2026-06-01T12:15:00Z"));
    clock.set(Instant.parse("2026-05-30T00:00:00Z"));
    assertThat(windows.now()).isEqualTo(first);
    clock.set(Instant.parse("2026-06-01T12:16:00Z"));
    assertThat(windows.now().at()).isEqualTo(Instant.parse("2026-06-01T12:16:00Z"));
  }
}
