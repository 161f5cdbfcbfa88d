package dev.kodo.kernel.budget;

import dev.kodo.kernel.books.KeptBooks;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Writes in the background what must be written some time. It gives up only when another kernel
 * keeps the books: that one has ended, at their worst, the calls that this one left open.
 */
final class Backlog<T> implements AutoCloseable {
  private static final int LARGEST = 256;
  private static final long PAUSE_MILLIS = 250;

  /**
   * Ends of calls are in no hurry: together they take fewer flushes from those who wait for one.
   */
  private static final long GATHER_MILLIS = 20;

  private static final Duration LAST_WAIT = Duration.ofSeconds(10);

  private record Item<T>(T value, Runnable whenDurable) {}

  private final BatchWriter<T> writer;
  private final LinkedBlockingQueue<Item<T>> queue = new LinkedBlockingQueue<>();
  private final Thread thread;
  private volatile boolean closed;

  Backlog(String name, BatchWriter<T> writer) {
    this.writer = writer;
    this.thread = Thread.ofPlatform().daemon().name(name).start(this::live);
  }

  /** The action runs on the background thread once the value is on the disk. */
  void add(T value, Runnable whenDurable) {
    queue.add(new Item<>(value, whenDurable));
  }

  private void live() {
    List<Item<T>> batch = new ArrayList<>();
    try {
      while (!closed || !queue.isEmpty()) {
        batch.clear();
        Item<T> first = queue.poll(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        if (first != null) {
          batch.add(first);
          Thread.sleep(closed ? 0 : GATHER_MILLIS);
          queue.drainTo(batch, LARGEST - 1);
          write(batch);
        }
      }
    } catch (InterruptedException stop) {
      closed = true;
    }
    writer.disconnect();
  }

  private void write(List<Item<T>> batch) throws InterruptedException {
    List<T> values = batch.stream().map(Item::value).toList();
    for (SQLException trouble = writer.write(values);
        trouble != null;
        trouble = writer.write(values)) {
      if (KeptBooks.isOutdated(trouble)) {
        return;
      }
      Thread.sleep(PAUSE_MILLIS);
    }
    batch.forEach(item -> item.whenDurable().run());
  }

  /** Writes what is left, for a bounded time. */
  @Override
  public void close() {
    closed = true;
    try {
      if (!thread.join(LAST_WAIT)) {
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
  }
}
