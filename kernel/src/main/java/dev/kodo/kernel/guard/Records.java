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
  private final ConcurrentLinkedQueue<AuditEvent> arrears = new ConcurrentLinkedQueue<>();
  private final AtomicInteger underWay = new AtomicInteger();
  private final ReentrantLock paying = new ReentrantLock();

  Records(AuditSink sink) {
    this.sink = sink;
  }

  /** Returns when the event is on the disk, or is kept for later. */
  void append(AuditEvent event) {
    try {
      sink.append(event);
    } catch (AuditUnavailable later) {
      arrears.add(event);
    }
  }

  /** Returns at once: for what has happened and holds up nobody. */
  void appendSoon(AuditEvent event) {
    underWay.incrementAndGet();
    Thread.ofVirtual()
        .name("guard-record")
        .start(
            () -> {
              try {
                append(event);
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

  /** Tries to write what is left; true when something still is. */
  boolean inArrears() {
    if (arrears.isEmpty()) {
      return false;
    }
    if (paying.tryLock()) {
      try {
        for (AuditEvent event = arrears.peek(); event != null; event = arrears.peek()) {
          sink.append(event);
          arrears.remove(event);
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
