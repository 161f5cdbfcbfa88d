package dev.kodo.kernel.guard;

import dev.kodo.kernel.audit.AuditEvent;
import dev.kodo.kernel.audit.AuditSink;
import dev.kodo.kernel.audit.AuditUnavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The guard's way to the audit log. What could not be written is kept and written first thing;
 * until then {@link #inArrears} and no further call is let through.
 */
final class Records implements AutoCloseable {
  private static final int LARGEST = 256;

  /**
   * Nobody waits for what has happened already: together the entries take fewer flushes of the disk
   * from the reservations, for which somebody does.
   */
  private static final long GATHER_MILLIS = 10;

  private final AuditSink sink;
  private final ConcurrentLinkedQueue<Owed> arrears = new ConcurrentLinkedQueue<>();
  private final AtomicInteger owed = new AtomicInteger();
  private final AtomicInteger underWay = new AtomicInteger();
  private final ReentrantLock paying = new ReentrantLock();
  private final LinkedBlockingQueue<Later> soon = new LinkedBlockingQueue<>();
  private final Thread writer;

  /** An entry that is still to be written, and what is to be done then. */
  private record Owed(AuditEvent event, Runnable whenDurable) {}

  /** An event that is put together by whoever has the time for it. */
  private record Later(Supplier<AuditEvent> event, Runnable whenDurable) {}

  Records(AuditSink sink) {
    this.sink = sink;
    this.writer = Thread.ofPlatform().daemon().name("guard-record").start(this::live);
  }

  /** Returns when the event is on the disk; throws {@link AuditUnavailable} and keeps nothing. */
  void appendNow(AuditEvent event) {
    sink.append(event);
  }

  /** Returns when the event is on the disk, or is kept for later. */
  void append(AuditEvent event) {
    write(List.of(new Owed(event, Records::nothing)));
  }

  /** Returns at once: for what has happened and holds up nobody. */
  void appendSoon(Supplier<AuditEvent> event) {
    appendSoon(event, Records::nothing);
  }

  private static void nothing() {}

  /** The action runs once the event is on the disk, and never when it never is. */
  void appendSoon(Supplier<AuditEvent> event, Runnable whenDurable) {
    underWay.incrementAndGet();
    soon.add(new Later(event, whenDurable));
  }

  private void live() {
    List<Later> batch = new ArrayList<>();
    try {
      while (true) {
        batch.clear();
        batch.add(soon.take());
        Thread.sleep(GATHER_MILLIS);
        soon.drainTo(batch, LARGEST - 1);
        writeOrSay(batch);
        underWay.addAndGet(-batch.size());
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  /** What fails in one batch must not keep the next from being written. */
  private void writeOrSay(List<Later> batch) {
    try {
      write(batch.stream().map(later -> new Owed(later.event.get(), later.whenDurable)).toList());
    } catch (RuntimeException | Error unforeseen) {
      System.err.println(
          "Kodo: entries of calls were not written; their ends stay open: "
              + unforeseen.getClass().getName());
    }
  }

  private void write(List<Owed> batch) {
    try {
      sink.appendAll(batch.stream().map(Owed::event).toList());
    } catch (AuditUnavailable later) {
      owed.addAndGet(batch.size());
      arrears.addAll(batch);
      return;
    }
    batch.forEach(written -> written.whenDurable().run());
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

  /** Ends the writing; to be called when nothing is under way. */
  @Override
  public void close() {
    writer.interrupt();
  }
}
