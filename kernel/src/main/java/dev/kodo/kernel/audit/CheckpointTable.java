package dev.kodo.kernel.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** The table {@code guard.audit_checkpoint}. */
final class CheckpointTable {
  private static final String COLUMNS =
      "first_seq, last_seq, merkle_root, hash_of_last, at, signature";

  private CheckpointTable() {}

  static void insert(Connection connection, Checkpoint checkpoint) throws SQLException {
    String sql = "insert into audit_checkpoint (" + COLUMNS + ") values (?, ?, ?, ?, ?, ?)";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, checkpoint.firstSeq());
      statement.setLong(2, checkpoint.lastSeq());
      statement.setBytes(3, checkpoint.merkleRoot().bytes());
      statement.setBytes(4, checkpoint.hashOfLast().bytes());
      statement.setObject(5, checkpoint.at().atOffset(ZoneOffset.UTC));
      statement.setBytes(6, checkpoint.signature().bytes());
      statement.executeUpdate();
    }
  }

  /** Those that end after an entry, the oldest first. */
  static List<Checkpoint> after(Connection connection, long seq) throws SQLException {
    String sql =
        "select " + COLUMNS + " from audit_checkpoint where last_seq > ? order by last_seq";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, seq);
      List<Checkpoint> found = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          found.add(checkpoint(row));
        }
      }
      return found;
    }
  }

  private static Checkpoint checkpoint(ResultSet row) throws SQLException {
    return new Checkpoint(
        row.getLong(1),
        row.getLong(2),
        Hash.known(row.getBytes(3)),
        Hash.known(row.getBytes(4)),
        row.getObject(5, OffsetDateTime.class).toInstant(),
        new Signed(row.getBytes(6)));
  }
}
