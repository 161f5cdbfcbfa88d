package dev.kodo.exporter;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Since when the database does not take anything, and when to try again. */
final class Outage {
  private static final Duration FIRST = Duration.ofMillis(500);
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private @Nullable Instant since;
  private Instant next = Instant.MIN;
  private Duration pause = FIRST;

  /** True when this failure is the first of an outage. */
  boolean failed(Instant now) {
    boolean first = since == null;
    if (first) {
      since = now;
    }
    next = now.plus(pause);
    Duration doubled = pause.multipliedBy(2);
    pause = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
    return first;
  }

  /** How long the outage was that this success ends; null when there was none. */
  @Nullable Duration ended(Instant now) {
    Instant began = since;
    since = null;
    next = Instant.MIN;
    pause = FIRST;
    return began == null ? null : Duration.between(began, now);
  }

  boolean mayTry(Instant now) {
    return !now.isBefore(next);
  }

  /** Time until the next attempt. */
  Duration left(Instant now) {
    return mayTry(now) ? Duration.ZERO : Duration.between(now, next);
  }
}
