package dev.kodo.kernel.audit;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Consumer;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/** Reads the chain in its order, without ever holding more than a row of it. */
final class ChainStream {
  private ChainStream() {}

  /**
   * Hands over every row from one entry on.
   *
   * @param rows gets the same object each time
   * @throws SQLException also when the table no longer has the columns of an entry
   */
  static void read(Connection connection, long from, Consumer<ChainRow> rows) throws SQLException {
    CopyOut copy =
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyOut(
                "copy (select "
                    + EntryForm.COLUMNS
                    + " from audit_entry where seq >= "
                    + from
                    + " order by seq) to stdout (format binary)");
    try {
      ChainRow row = new ChainRow();
      int start = EntryForm.headerLength();
      for (byte[] message = copy.readFromCopy(); message != null; message = copy.readFromCopy()) {
        if (message.length > start + Short.BYTES) {
          row.point(message, start);
          rows.accept(row);
        }
        start = 0;
      }
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new SQLException("The rows of the audit log do not have the form of entries", e);
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }
}
