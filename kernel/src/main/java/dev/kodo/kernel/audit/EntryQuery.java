package dev.kodo.kernel.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads entries for people, without any check. */
final class EntryQuery {
  private EntryQuery() {}

  /** The newest entries of a filter, the oldest of them first. */
  static List<AuditEntry> newest(Connection connection, EntryFilter filter) throws SQLException {
    String sql =
        "select "
            + EntryForm.COLUMNS
            + """
               from audit_entry
              where seq > ?
                and kind = coalesce(?, kind)
                and (?::text is null or agent_id = ?)
                and (?::text is null or heartbeat_id = ?)
                and at >= coalesce(?, '-infinity'::timestamptz)
              order by seq desc limit ?
              """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, filter);
      List<AuditEntry> found = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          found.add(entry(row));
        }
      }
      return found.reversed();
    }
  }

  static Optional<Kind> newestOf(Connection connection, Kind one, Kind other) throws SQLException {
    String sql = "select kind from audit_entry where kind in (?, ?) order by seq desc limit 1";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, one.word());
      statement.setString(2, other.word());
      try (ResultSet row = statement.executeQuery()) {
        return row.next()
            ? Optional.of(row.getString(1).equals(one.word()) ? one : other)
            : Optional.empty();
      }
    }
  }

  private static void bind(PreparedStatement statement, EntryFilter filter) throws SQLException {
    Kind kind = filter.kind();
    statement.setLong(1, filter.after());
    statement.setString(2, kind == null ? null : kind.word());
    statement.setString(3, filter.agent());
    statement.setString(4, filter.agent());
    statement.setString(5, filter.heartbeat());
    statement.setString(6, filter.heartbeat());
    statement.setTimestamp(7, filter.since() == null ? null : Timestamp.from(filter.since()));
    statement.setInt(8, filter.limit());
  }

  private static AuditEntry entry(ResultSet row) throws SQLException {
    return new AuditEntry(
        row.getLong(1),
        row.getObject(2, OffsetDateTime.class).toInstant(),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getString(6),
        row.getString(7),
        row.getString(8),
        hash(row.getBytes(9)),
        row.getString(10),
        Hash.known(row.getBytes(11)),
        Hash.known(row.getBytes(12)));
  }

  private static @Nullable Hash hash(byte @Nullable [] bytes) {
    return bytes == null || bytes.length != Hash.BYTES ? null : Hash.known(bytes);
  }
}
