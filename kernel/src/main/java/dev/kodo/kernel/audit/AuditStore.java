package dev.kodo.kernel.audit;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Writes entries and checkpoints, over one connection that nobody else uses. */
final class AuditStore {
  private static final String COPY =
      "copy audit_entry (" + EntryForm.COLUMNS + ") from stdin (format binary)";

  private final Connection connection;

  AuditStore(Connection connection) {
    this.connection = connection;
  }

  /** Makes a group durable, with the checkpoint that it completes: all of it, or nothing. */
  void append(List<AuditEntry> group, @Nullable Checkpoint checkpoint) throws SQLException {
    connection.setAutoCommit(checkpoint == null);
    if (!group.isEmpty()) {
      copy(group);
    }
    if (checkpoint != null) {
      CheckpointTable.insert(connection, checkpoint);
      connection.commit();
    }
  }

  private void copy(List<AuditEntry> group) throws SQLException {
    CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(COPY);
    try {
      byte[] rows = EntryForm.copyOf(group);
      copy.writeToCopy(rows, 0, rows.length);
      copy.endCopy();
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }
}
