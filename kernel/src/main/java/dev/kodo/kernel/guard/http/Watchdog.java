package dev.kodo.kernel.guard.http;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Cuts what takes too long; blocking reads and writes have no other end. */
public final class Watchdog implements AutoCloseable {
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("watchdog").factory());

  public Watchdog() {
    timer.setRemoveOnCancelPolicy(true);
  }

  /** A limit on what goes on until {@link #close}; afterwards its action is not run any more. */
  public static final class Limit implements AutoCloseable {
    private final ScheduledFuture<?> future;

    private Limit(ScheduledFuture<?> future) {
      this.future = future;
    }

    @Override
    public void close() {
      future.cancel(false);
    }
  }

  /** Runs the action, which must be quick, unless the limit is closed before. */
  public Limit limit(Duration longest, Runnable action) {
    return new Limit(timer.schedule(action, longest.toNanos(), TimeUnit.NANOSECONDS));
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
