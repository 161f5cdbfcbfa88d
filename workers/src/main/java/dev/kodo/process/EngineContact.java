package dev.kodo.process;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What this body knows of its engine by the jobs that it is handed. Each agent has one every minute
 * or two, so that a long pause means that the engine was away or the machine asleep.
 */
@Component
public class EngineContact {
  private static final Duration LONG_PAUSE = Duration.ofMinutes(10);

  /** The engine stamps the end of a job before the body hears of it. */
  private static final Duration HEARD_AFTER = Duration.ofSeconds(1);

  /** A healthy exporter needs a second; it waits at most ten after the database was away. */
  private static final Duration LAG = Duration.ofMinutes(1);

  private final Clock clock;
  private @Nullable Instant since;
  private @Nullable Instant last;

  /** The first end of a job that this body told. What its engine did before, nobody told it. */
  private @Nullable Instant first;

  /** The latest end of a job whose records have had the time to be written. */
  private @Nullable Instant settled;

  /** A later one, whose records may be on their way. */
  private @Nullable Instant young;

  public EngineContact(Clock clock) {
    this.clock = clock;
  }

  /** The engine has handed out a job, and its end was told to the engine. */
  public synchronized void jobEnded() {
    Instant now = clock.instant();
    if (!isSteady(now)) {
      since = now;
    }
    last = now;
    if (first == null) {
      first = now;
    }
    settle(now);
    if (young == null) {
      young = now;
    }
  }

  /** Since when this body gets jobs without a long pause; empty when it does not get any now. */
  synchronized Optional<Instant> steadySince() {
    return isSteady(clock.instant()) ? Optional.ofNullable(since) : Optional.empty();
  }

  /**
   * Whether records that reach up to this moment can be all there are. After a start they must have
   * reached the first job of this body, or they may be the engine's before a long outage of their
   * writer. An engine that rests makes none; one that has ended a job since then, some time ago,
   * has.
   */
  synchronized boolean mayTrust(Instant reached) {
    settle(clock.instant());
    return first != null
        && !reached.isBefore(first.minus(HEARD_AFTER))
        && (settled == null || !reached.isBefore(settled.minus(LAG)));
  }

  /** Whether this body has ended a job, without which it knows nothing of its engine. */
  synchronized boolean hasBegun() {
    return first != null;
  }

  private void settle(Instant now) {
    if (young != null && !now.isBefore(young.plus(LAG))) {
      settled = young;
      young = null;
    }
    if (first != null && now.isBefore(first)) {
      first = now;
    }
    if (settled != null && now.isBefore(settled)) {
      settled = null; // The clock was set back; what was written since then bears its time.
      young = null;
    }
  }

  private boolean isSteady(Instant now) {
    Instant latest = last;
    return latest != null && Duration.between(latest, now).compareTo(LONG_PAUSE) <= 0;
  }
}
