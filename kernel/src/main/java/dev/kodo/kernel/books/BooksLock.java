package dev.kodo.kernel.books;

import dev.kodo.kernel.problem.Problem;
import dev.kodo.kernel.problem.ProblemCode;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * One kernel at a time keeps the books of a database: two would each count only their own spending
 * and fork the log. The lock keeps a second kernel from starting. It ends with its connection; what
 * keeps a kernel from writing that lost it is {@link KeptBooks}.
 */
final class BooksLock {
  /** The letters of kodobook as a number: advisory locks know nothing else, and all share them. */
  private static final long BOOKS = 0x6b6f646f626f6f6bL;

  private static final String NOT_AVAILABLE = "55P03";

  /**
   * On this machine a kernel that was killed a moment ago is given up by the server within this.
   */
  private static final String PATIENCE = "5s";

  /** A server elsewhere gives up a kernel that vanished without a word, in half a minute. */
  private static final String NOTICE_A_DEAD_OWNER =
      "set tcp_keepalives_idle = 15; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3";

  /** What is done with bounded patience. */
  interface Step {
    void run(Statement statement) throws SQLException;
  }

  private BooksLock() {}

  /**
   * Takes the lock for as long as the connection lives.
   *
   * @throws Problem when another kernel has it
   */
  static void take(Connection connection) throws SQLException {
    patiently(
        connection,
        statement -> {
          statement.execute(NOTICE_A_DEAD_OWNER);
          statement.execute("select pg_advisory_lock(" + BOOKS + ")");
        });
  }

  /**
   * Runs what may have to wait for another kernel.
   *
   * @throws Problem when that does not give way
   */
  static void patiently(Connection connection, Step step) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("set lock_timeout = '" + PATIENCE + "'");
      step.run(statement);
      statement.execute("reset lock_timeout");
    } catch (SQLException refused) {
      if (!NOT_AVAILABLE.equals(refused.getSQLState())) {
        throw refused;
      }
      throw new Problem(
          ProblemCode.BOOKS_OF_ANOTHER,
          "Expected to keep the books of this database alone, but another kernel keeps them now, or did so less than half a minute ago.");
    }
  }
}
