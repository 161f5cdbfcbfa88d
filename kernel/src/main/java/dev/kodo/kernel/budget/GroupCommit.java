package dev.kodo.kernel.budget;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One thread with one connection that writes whatever has been handed in meanwhile in one
 * transaction: under load many calls share one flush to the disk.
 */
final class GroupCommit<T> implements AutoCloseable {
  private static final int LARGEST = 256;
  private static final long PAUSE_MILLIS = 250;
  private static final long LAST_WAIT_SECONDS = 10;

  /** Writes a batch, which may be there already; the caller commits. */
  interface Writing<T> {
    void write(Connection connection, List<T> items) throws SQLException;
  }

  private record Item<T>(T value, CompletableFuture<Void> durable) {}

  private final Connector connector;
  private final Writing<T> writing;
  private final boolean patient;
  private final LinkedBlockingQueue<Item<T>> queue = new LinkedBlockingQueue<>();
  private final Thread thread;
  private @Nullable Connection connection;
  private @Nullable SQLException trouble;
  private long troubleUntil;
  private volatile boolean closed;

  /**
   * A writer that begins at once.
   *
   * @param patient whether a batch that failed is tried until it works, or failed to its callers
   */
  GroupCommit(String name, Connector connector, Writing<T> writing, boolean patient) {
    this.connector = connector;
    this.writing = writing;
    this.patient = patient;
    this.thread = Thread.ofPlatform().daemon().name(name).start(this::live);
  }

  /**
   * The future ends when the item is durable, or with the {@link SQLException} that says why not.
   */
  CompletableFuture<Void> submit(T value) {
    Item<T> item = new Item<>(value, new CompletableFuture<>());
    queue.add(item);
    if (closed && !thread.isAlive()) {
      item.durable().completeExceptionally(new SQLException("the ledger is closed"));
    }
    return item.durable();
  }

  /** For whoever does not wait: the action runs on the writer's thread. */
  void submit(T value, Runnable whenDurable) {
    CompletableFuture<Void> unused = submit(value).thenRun(whenDurable);
  }

  private void live() {
    List<Item<T>> batch = new ArrayList<>();
    while (!closed || !queue.isEmpty()) {
      batch.clear();
      try {
        Item<T> first = queue.poll(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        if (first != null) {
          batch.add(first);
          queue.drainTo(batch, LARGEST - 1);
          finish(batch);
        }
      } catch (InterruptedException stop) {
        closed = true;
        batch.forEach(item -> item.durable().completeExceptionally(stop));
        break;
      }
    }
    disconnect();
  }

  private void finish(List<Item<T>> batch) throws InterruptedException {
    SQLException failure = attempt(batch);
    while (failure != null && patient && !closed) {
      Thread.sleep(PAUSE_MILLIS);
      failure = attempt(batch);
    }
    for (Item<T> item : batch) {
      if (failure == null) {
        item.durable().complete(null);
      } else {
        item.durable().completeExceptionally(failure);
      }
    }
  }

  /**
   * Every write may be repeated, so a connection that broke while it lay idle, as after a restart
   * of the server, costs nobody a failure.
   */
  private @Nullable SQLException attempt(List<Item<T>> batch) {
    if (trouble != null && System.nanoTime() - troubleUntil < 0) {
      return trouble;
    }
    boolean used = connection != null;
    trouble = once(batch);
    if (trouble != null && used) {
      trouble = once(batch);
    }
    if (trouble != null) {
      troubleUntil = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS);
    }
    return trouble;
  }

  private @Nullable SQLException once(List<Item<T>> batch) {
    try {
      Connection open = connected();
      open.setAutoCommit(batch.size() == 1);
      writing.write(open, batch.stream().map(Item::value).toList());
      if (batch.size() > 1) {
        open.commit();
      }
      return null;
    } catch (SQLException e) {
      disconnect();
      return e;
    }
  }

  private Connection connected() throws SQLException {
    Connection open = connection;
    if (open == null) {
      open = connector.connect();
      try (Statement statement = open.createStatement()) {
        // A server may be configured to answer before its disk has the data.
        statement.execute("SET synchronous_commit = on");
      }
      connection = open;
    }
    return open;
  }

  private void disconnect() {
    Connection open = connection;
    connection = null;
    if (open != null) {
      try {
        open.close();
      } catch (SQLException gone) {
        // It was to go anyway.
      }
    }
  }

  /** Writes what is left, for a bounded time. */
  @Override
  public void close() {
    closed = true;
    try {
      if (!thread.join(java.time.Duration.ofSeconds(LAST_WAIT_SECONDS))) {
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
  }
}
