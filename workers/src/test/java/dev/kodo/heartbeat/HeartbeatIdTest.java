package dev.kodo.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kodo.testing.SettableClock;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class HeartbeatIdTest {
  @Test
  void isTheTimeInTheOwnersZone() {
    SettableClock clock = new SettableClock("2026-01-31T22:30:05.999Z");

    assertThat(HeartbeatId.next(clock, ZoneId.of("Asia/Tokyo"), Optional.empty()).text())
        .isEqualTo("20260201073005");
  }

  @Test
  void refusesOtherForms() {
    assertThatThrownBy(() -> new HeartbeatId("2026-01-31")).hasMessageContaining("2026-01-31");
  }

  @Property
  void growsHoweverTheClockMoves(
      @ForAll @Size(max = 50) List<@IntRange(min = -90_000, max = 90_000) Integer> steps) {
    SettableClock clock = new SettableClock("2026-03-29T00:30:00Z");
    Optional<HeartbeatId> last = Optional.empty();
    for (int seconds : steps) {
      clock.advance(Duration.ofSeconds(seconds));
      HeartbeatId next = HeartbeatId.next(clock, ZoneOffset.UTC, last);
      last.ifPresent(before -> assertThat(next).isGreaterThan(before));
      last = Optional.of(next);
    }
  }
}
