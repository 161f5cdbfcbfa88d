package dev.kodo.kernel.budget;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Writes batches over a connection of its own, each in one transaction. Used by one thread at a
 * time.
 */
final class BatchWriter<T> {
  private static final long PAUSE_MILLIS = 250;

  /** Writes a batch, which may be there already; the caller commits. */
  interface Writing<T> {
    void write(Connection connection, List<T> items) throws SQLException;
  }

  private final Connector connector;
  private final Writing<T> writing;
  private final boolean flushed;
  private @Nullable Connection connection;
  private @Nullable SQLException trouble;
  private long troubleUntil;

  /**
   * A writer that is not connected yet.
   *
   * @param flushed whether a write is on the disk when it returns; else it is in the right order
   *     and a moment later, and a crash of the server may lose it
   */
  BatchWriter(Connector connector, Writing<T> writing, boolean flushed) {
    this.connector = connector;
    this.writing = writing;
    this.flushed = flushed;
  }

  /**
   * Writes the items, and returns why they may not be written. Every write may be repeated, so a
   * connection that broke while it lay idle, as after a restart of the server, costs nobody a
   * failure. A server that is down is asked four times in a second at most.
   */
  @Nullable SQLException write(List<T> items) {
    if (trouble != null && System.nanoTime() - troubleUntil < 0) {
      return trouble;
    }
    boolean used = connection != null;
    trouble = once(items);
    if (trouble != null && used) {
      trouble = once(items);
    }
    if (trouble != null) {
      troubleUntil = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS);
    }
    return trouble;
  }

  private @Nullable SQLException once(List<T> items) {
    try {
      Connection open = connected();
      boolean alone = items.size() == 1;
      if (open.getAutoCommit() != alone) {
        open.setAutoCommit(alone);
      }
      writing.write(open, items);
      if (!alone) {
        open.commit();
      }
      return null;
    } catch (SQLException e) {
      disconnect();
      return e;
    } catch (RuntimeException | Error unexpected) {
      // Whoever waits for this batch must hear of it, and the next batch must be written.
      disconnect();
      return new SQLException("Expected to write, but: " + unexpected, unexpected);
    }
  }

  private Connection connected() throws SQLException {
    Connection open = connection;
    if (open == null) {
      open = connector.connect();
      connection = open;
      try (Statement statement = open.createStatement()) {
        // A server may be configured to answer before its disk has the data.
        statement.execute("SET synchronous_commit = " + (flushed ? "on" : "off"));
      }
    }
    return open;
  }

  void disconnect() {
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
}
