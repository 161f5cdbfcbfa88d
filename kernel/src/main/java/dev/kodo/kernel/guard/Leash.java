package dev.kodo.kernel.guard;

import dev.kodo.kernel.guard.http.Exchange;
import dev.kodo.kernel.guard.http.Watchdog;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * By which a call that is under way is ended early: by panic, by its caller who goes, by its
 * deadline, by its provider's time limit. The first reason stands. Thread-safe.
 */
final class Leash implements AutoCloseable {
  /** No call takes so long; a deadline beyond it is none. */
  private static final Duration FOR_EVER = Duration.ofDays(30);

  private final Watchdog watchdog;
  private final InFlight.Entry entry;
  private final Watchdog.@Nullable Limit deadline;
  private Runnable cut = Leash::nothing;
  private @Nullable Ended why;

  /** What may end a call from now on, beside the limits of {@link #limit}. */
  Leash(
      InFlight inFlight,
      Watchdog watchdog,
      @Nullable Instant deadline,
      Instant now,
      Exchange caller) {
    this.watchdog = watchdog;
    this.entry = inFlight.add(() -> end(Ended.STOPPED));
    this.deadline =
        deadline == null || deadline.isAfter(now.plus(FOR_EVER))
            ? null
            : watchdog.limit(Duration.between(now, deadline), () -> end(Ended.DEADLINE));
    try {
      caller.whenCallerGoes(() -> end(Ended.CALLER_GONE));
    } catch (IOException broken) {
      end(Ended.CALLER_GONE);
    }
  }

  /** Ends the call, once. */
  synchronized void end(Ended reason) {
    if (why == null) {
      why = reason;
      notifyAll();
      cut.run();
    }
  }

  /** Ends the call after this time unless the limit is closed before. */
  Watchdog.Limit limit(Duration longest) {
    return watchdog.limit(longest, () -> end(Ended.TIMEOUT));
  }

  /**
   * Says what cuts the call from now on; runs at once where it was ended before.
   *
   * @param action must be quick, and may come when nothing is left to be cut
   */
  synchronized void cutBy(Runnable action) {
    cut = action;
    if (why != null) {
      action.run();
    }
  }

  /** Why the call was ended early; empty while it was not. */
  synchronized Optional<Ended> why() {
    return Optional.ofNullable(why);
  }

  /** Waits, and no longer than until the call is ended; then true. */
  synchronized boolean endsWithin(Duration longest) {
    long until = System.nanoTime() + longest.toNanos();
    try {
      for (long left = longest.toNanos();
          why == null && left > 0;
          left = until - System.nanoTime()) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      end(Ended.STOPPED);
    }
    return why != null;
  }

  private static void nothing() {}

  @Override
  public void close() {
    cutBy(Leash::nothing);
    entry.close();
    if (deadline != null) {
      deadline.close();
    }
  }
}
