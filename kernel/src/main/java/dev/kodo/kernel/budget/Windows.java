package dev.kodo.kernel.budget;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/**
 * Tells the window of each call. A clock that steps back does not open an earlier window again:
 * time stands still at the latest moment that was seen until the clock has caught up. Not
 * thread-safe.
 */
final class Windows {
  private final Clock clock;
  private final ZoneId zone;
  private Instant latest;

  /**
   * Windows that go on where others ended.
   *
   * @param mark the latest moment that was ever seen
   */
  Windows(Clock clock, ZoneId zone, Instant mark) {
    this.clock = clock;
    this.zone = zone;
    this.latest = mark;
  }

  /** The window of a call that is made now; in microseconds, which the database can keep. */
  Window now() {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    if (now.isAfter(latest)) {
      latest = now;
    }
    return Window.of(latest, zone);
  }
}
