package dev.kodo.kernel.audit;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Signs and writes the head on a thread of its own, as a signature takes about as long as a flush
 * of the disk. Heads that come meanwhile are passed over for the newest one, so the file is behind
 * the database by {@link #PAUSE_MILLIS} and one write at most.
 */
final class HeadKeeper implements AutoCloseable {
  private static final long PAUSE_MILLIS = 20;

  private final AuditFolder folder;
  private final AuditKey key;
  private final Object writing = new Object();
  private final Thread thread =
      Thread.ofPlatform().daemon().name("audit-head").unstarted(this::run);
  private @Nullable Unsigned newest;
  private boolean closed;

  private record Unsigned(long seq, Hash hash) {}

  HeadKeeper(AuditFolder folder, AuditKey key) {
    this.folder = folder;
    this.key = key;
  }

  void start() {
    thread.start();
  }

  /** Takes note of how far the database has come. Returns at once. */
  synchronized void note(long seq, Hash hash) {
    newest = new Unsigned(seq, hash);
    notifyAll();
  }

  /** Writes what was noted last, if it is not written yet. */
  void write() throws IOException {
    synchronized (writing) {
      Unsigned head = take();
      if (head != null) {
        folder.write(Head.sign(key, head.seq(), head.hash()));
      }
    }
  }

  private synchronized @Nullable Unsigned take() {
    Unsigned taken = newest;
    newest = null;
    return taken;
  }

  /** Waits for something to write. Returns false at the end. */
  private synchronized boolean await() throws InterruptedException {
    while (newest == null && !closed) {
      wait();
    }
    return !closed;
  }

  private synchronized void pause() throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS);
    for (long left = until - System.nanoTime();
        left > 0 && !closed;
        left = until - System.nanoTime()) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }

  private void run() {
    try {
      while (await()) {
        writeOrSay();
        pause();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** An older head is not wrong, so the log goes on; but somebody has to know. */
  private void writeOrSay() {
    try {
      write();
    } catch (IOException e) {
      System.err.println("Kodo: could not write " + folder.head() + ": " + e.getMessage());
    }
  }

  /** Writes the last head and ends. Never interrupts a write, which would lose it. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    writeOrSay();
  }
}
