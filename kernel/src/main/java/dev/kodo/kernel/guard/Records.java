package dev.kodo.kernel.guard;

import dev.kodo.kernel.audit.AuditEvent;
import dev.kodo.kernel.audit.AuditSink;
import dev.kodo.kernel.audit.AuditUnavailable;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The guard's way to the audit log. What could not be written is kept and written first thing;
 * until then {@link #inArrears} and no further call is let through.
 */
final class Records {
  private final AuditSink sink;
  private final ConcurrentLinkedQueue<Owed> arrears = new ConcurrentLinkedQueue<>();
  private final AtomicInteger owed = new AtomicInteger();
  private final AtomicInteger underWay = new AtomicInteger();
  private final ReentrantLock paying = new ReentrantLock();

  /** An entry that is still to be written, and what is to be done then. */
  private record Owed(AuditEvent event, Runnable whenDurable) {}

  Records(AuditSink sink) {
    this.sink = sink;
  }

  /** Returns when the event is on the disk; throws {@link AuditUnavailable} and keeps nothing. */
  void appendNow(AuditEvent event) {
    sink.append(event);
  }

  /** Returns when the event is on the disk, or is kept for later. */
  void append(AuditEvent event) {
    append(event, Records::nothing);
  }

  private void append(AuditEvent event, Runnable whenDurable) {
    try {
      sink.append(event);
    } catch (AuditUnavailable later) {
      owed.incrementAndGet();
      arrears.add(new Owed(event, whenDurable));
      return;
    }
    whenDurable.run();
  }

  private static void nothing() {}

  /** Returns at once: for what has happened and holds up nobody. */
  void appendSoon(AuditEvent event) {
    appendSoon(event, Records::nothing);
  }

  /** The action runs once the event is on the disk, and never when it never is. */
  void appendSoon(AuditEvent event, Runnable whenDurable) {
    underWay.incrementAndGet();
    Thread.ofVirtual()
        .name("guard-record")
        .start(
            () -> {
              try {
                append(event, whenDurable);
              } finally {
                underWay.decrementAndGet();
              }
            });
  }

  /** Waits for what is under way. */
  void awaitWritten(Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (underWay.get() > 0 && System.nanoTime() - deadline < 0) {
      Thread.sleep(10);
    }
  }

  /** How many events are kept for later. */
  int owed() {
    return owed.get();
  }

  /** Tries to write what is left; true when something still is. */
  boolean inArrears() {
    if (arrears.isEmpty()) {
      return false;
    }
    if (paying.tryLock()) {
      try {
        for (Owed next = arrears.peek(); next != null; next = arrears.peek()) {
          sink.append(next.event());
          arrears.remove();
          owed.decrementAndGet();
          next.whenDurable().run();
        }
      } catch (AuditUnavailable still) {
        return true;
      } finally {
        paying.unlock();
      }
    }
    return !arrears.isEmpty();
  }
}
