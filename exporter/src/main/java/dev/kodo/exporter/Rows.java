package dev.kodo.exporter;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** The rows of one statement, sent in one go; a statement without rows costs nothing. */
final class Rows implements AutoCloseable {
  private final Connection connection;
  private final String sql;
  private @Nullable PreparedStatement statement;

  Rows(Connection connection, String sql) {
    this.connection = connection;
    this.sql = sql;
  }

  /** Adds a row; a moment becomes a timestamp with time zone. */
  void add(@Nullable Object... values) throws SQLException {
    PreparedStatement row = statement;
    if (row == null) {
      row = connection.prepareStatement(sql);
      statement = row;
    }
    for (int i = 0; i < values.length; i++) {
      Object value = values[i];
      row.setObject(i + 1, value instanceof Instant at ? at.atOffset(ZoneOffset.UTC) : value);
    }
    row.addBatch();
  }

  void send() throws SQLException {
    PreparedStatement rows = statement;
    if (rows != null) {
      rows.executeBatch();
    }
  }

  @Override
  public void close() throws SQLException {
    PreparedStatement rows = statement;
    if (rows != null) {
      rows.close();
    }
  }
}
