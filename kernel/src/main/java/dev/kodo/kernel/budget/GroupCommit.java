package dev.kodo.kernel.budget;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lets threads that write at the same time share one flush to the disk. The first of them writes
 * for all that have come meanwhile; there is no thread in between that would have to be woken.
 */
final class GroupCommit<T> implements AutoCloseable {
  private static final int LARGEST = 256;

  private static final class Item<T> {
    private final T value;
    private boolean done;
    private @Nullable SQLException failure;

    private Item(T value) {
      this.value = value;
    }
  }

  private final BatchWriter<T> writer;
  private final ConcurrentLinkedQueue<Item<T>> queue = new ConcurrentLinkedQueue<>();
  private final ReentrantLock writing = new ReentrantLock();

  GroupCommit(BatchWriter<T> writer) {
    this.writer = writer;
  }

  /** Returns when the value is on the disk; throws when it may not be. */
  void write(T value) throws SQLException {
    Item<T> item = new Item<>(value);
    queue.add(item);
    writing.lock();
    try {
      while (!item.done) {
        writeBatch();
      }
    } finally {
      writing.unlock();
    }
    if (item.failure != null) {
      throw item.failure;
    }
  }

  private void writeBatch() {
    List<Item<T>> batch = new ArrayList<>();
    for (Item<T> next = queue.poll(); next != null; next = queue.poll()) {
      batch.add(next);
      if (batch.size() == LARGEST) {
        break;
      }
    }
    SQLException failure = writer.write(batch.stream().map(item -> item.value).toList());
    for (Item<T> item : batch) {
      item.failure = failure;
      item.done = true;
    }
  }

  @Override
  public void close() {
    writing.lock();
    try {
      writer.disconnect();
    } finally {
      writing.unlock();
    }
  }
}
