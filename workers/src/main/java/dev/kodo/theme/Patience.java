package dev.kodo.theme;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * Since when jobs wait for a file to be written to its end. In memory only: after a restart the
 * wait begins again, which does no harm.
 */
@Component
class Patience {
  private static final Duration FORGOTTEN = Duration.ofHours(1);

  private final Map<Long, Instant> since = new ConcurrentHashMap<>();
  private final Clock clock;

  Patience(Clock clock) {
    this.clock = clock;
  }

  /** Whether this element instance has waited for less than {@code longest} so far. */
  boolean lasts(long elementInstanceKey, Duration longest) {
    Instant now = clock.instant();
    since.values().removeIf(first -> Duration.between(first, now).compareTo(FORGOTTEN) > 0);
    Instant first = since.computeIfAbsent(elementInstanceKey, key -> now);
    return Duration.between(first, now).abs().compareTo(longest) < 0;
  }
}
