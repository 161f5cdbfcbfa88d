package dev.kodo.kernel.books;

import dev.kodo.kernel.problem.Problem;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The books in the hands of this kernel. It wrote its name into the database, and every writing
 * transaction is checked against that name there. So a kernel that was cut off while another one
 * took over cannot write any more, whatever it believes.
 */
public final class KeptBooks implements AutoCloseable {
  /** The server's word for a writer that is not the keeper; the migration defines it. */
  private static final String NOT_THE_KEEPER = "KB001";

  /** A keeper that vanishes within a transaction must not hold its name for long. */
  private static final String STATE_NAME =
      """
      select set_config('kodo.keeper', ?, false),
        set_config('idle_in_transaction_session_timeout', '15s', false)
      """;

  private final GuardDatabase database;
  private final UUID name = UUID.randomUUID();
  private final CompletableFuture<Void> taken = new CompletableFuture<>();
  private @Nullable Connection locking;
  private boolean keeper;

  private KeptBooks(GuardDatabase database) {
    this.database = database;
  }

  /**
   * Takes the lock and brings the schema up to date, in this order: nothing is changed under
   * another kernel that still works. Whoever holds the lock may look at the books, and writes to
   * them after {@link #keep}.
   *
   * @param workersRole the role that may read the books
   * @throws Problem when another kernel keeps them, or the workers' role could change them
   * @throws SQLException when the database cannot be reached or a migration fails
   */
  public static KeptBooks take(GuardDatabase database, String workersRole) throws SQLException {
    KeptBooks books = new KeptBooks(database);
    try {
      Connection connection = books.connect();
      books.locking = connection;
      BooksLock.take(connection);
      database.migrate(workersRole);
      return books;
    } catch (SQLException | RuntimeException e) {
      books.close();
      throw e;
    }
  }

  /**
   * Becomes the keeper, unless it was already. Whoever was it before is refused from then on, also
   * a kernel that was only cut off for a moment; so this one must be sure that it can go on.
   *
   * @throws Problem when that one is in the middle of a write and does not end it
   */
  public synchronized void keep() throws SQLException {
    if (keeper) {
      return;
    }
    BooksLock.patiently(
        locked(),
        statement ->
            statement.executeUpdate(
                """
                insert into keeper (name) values ('%s')
                on conflict (one) do update set name = excluded.name, since = excluded.since
                """
                    .formatted(name)));
    keeper = true;
  }

  /** For reading, which needs no keeper. */
  public GuardDatabase database() {
    return database;
  }

  /** A connection that may write for as long as this kernel is the keeper. */
  public Connection connect() throws SQLException {
    Connection connection = database.connect();
    try (PreparedStatement statement = connection.prepareStatement(STATE_NAME)) {
      statement.setString(1, name.toString());
      statement.execute();
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /**
   * The connection that holds the lock. When it was closed, a new one takes the lock again: a
   * server that was away for a moment makes nobody else the keeper.
   *
   * @throws SQLException when another kernel has become the keeper; see {@link #look}
   * @throws Problem when another kernel is about to
   */
  public synchronized Connection locked() throws SQLException {
    Connection connection = locking;
    if (connection != null && !connection.isClosed()) {
      return connection;
    }
    Connection fresh = connect();
    try {
      if (keeper) {
        requireKeeper(fresh);
      }
      BooksLock.take(fresh);
      locking = fresh;
      return fresh;
    } catch (SQLException | RuntimeException e) {
      fresh.close();
      throw e;
    }
  }

  private void requireKeeper(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("select 1 from keeper where name = ?")) {
      statement.setObject(1, name);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          throw new SQLException(
              "Expected to keep the books of this database, but another kernel keeps them now",
              NOT_THE_KEEPER);
        }
      }
    }
  }

  /** Whether a write failed for good, since another kernel keeps the books. */
  public static boolean isOutdated(SQLException failure) {
    return NOT_THE_KEEPER.equals(failure.getSQLState());
  }

  /** Looks at why a write failed: {@link #whenTaken} follows where another kernel is the keeper. */
  public void look(Exception failure) {
    if (failure instanceof SQLException refused && isOutdated(refused)) {
      taken.complete(null);
    }
  }

  /**
   * Runs the action once another kernel is found to keep the books; at once when it was already.
   */
  public void whenTaken(Runnable action) {
    CompletableFuture<Void> unused = taken.thenRun(action);
  }

  /** Gives the lock back. */
  @Override
  public synchronized void close() {
    Connection connection = locking;
    locking = null;
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException gone) {
        // Then the server has given the lock back.
      }
    }
  }
}
