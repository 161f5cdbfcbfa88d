package dev.kodo.kernel.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Where events wait for the writer, which takes all that came while it was busy. */
final class Inbox {
  private final List<Pending> waiting = new ArrayList<>();
  private boolean closed;

  /** An event and whoever waits for it. */
  record Pending(AuditEvent event, CompletableFuture<Void> durable) {}

  /** Returns false when the log is closed. */
  synchronized boolean add(Pending pending) {
    if (!closed) {
      waiting.add(pending);
      notifyAll();
    }
    return !closed;
  }

  /**
   * Waits for events, but not beyond a moment.
   *
   * @param most how many are taken at once
   * @param until in the sense of {@link System#nanoTime}
   * @return empty when the moment came, or the inbox is closed and drained
   */
  synchronized List<Pending> take(int most, long until) throws InterruptedException {
    for (long left = until - System.nanoTime();
        waiting.isEmpty() && !closed && left > 0;
        left = until - System.nanoTime()) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    List<Pending> first = waiting.subList(0, Math.min(most, waiting.size()));
    List<Pending> taken = List.copyOf(first);
    first.clear();
    return taken;
  }

  synchronized void close() {
    closed = true;
    notifyAll();
  }

  synchronized boolean isDrained() {
    return closed && waiting.isEmpty();
  }
}
