package dev.kodo.kernel.part;

import java.time.Duration;

/**
 * Delays before restarts: doubled each time up to a ceiling.
 *
 * @param patience starts in a row without a passed check after which the part counts as failed
 */
public record Backoff(Duration first, Duration ceiling, int patience) {

  public static final Backoff DEFAULT =
      new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60), 5);

  /** The delay before the restart that follows the given number of failures in a row (1, 2, …). */
  public Duration delay(int failures) {
    int doublings = Math.min(Math.max(failures - 1, 0), 30);
    Duration delay = first.multipliedBy(1L << doublings);
    return delay.compareTo(ceiling) > 0 ? ceiling : delay;
  }

  boolean exhausted(int failures) {
    return failures >= patience;
  }
}
