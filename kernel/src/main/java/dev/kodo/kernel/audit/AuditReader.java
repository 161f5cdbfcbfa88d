package dev.kodo.kernel.audit;

import dev.kodo.kernel.books.GuardDatabase;
import dev.kodo.kernel.problem.Problem;
import dev.kodo.kernel.problem.ProblemCode;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;

/** The log for those who only look. Works beside a running kernel and changes nothing. */
public record AuditReader(GuardDatabase database, AuditFolder folder) {

  /**
   * Checks the whole log.
   *
   * @throws Problem when the database does not answer, or the tables are not those of a log
   */
  public AuditReport verify() throws IOException {
    try {
      return new AuditVerification(database, folder).run();
    } catch (SQLException e) {
      throw problem(e);
    }
  }

  /**
   * Checks the end of the log, from the last checkpoint on. Quick, however long the log is.
   *
   * @throws Problem when the database does not answer, or the tables are not those of a log
   */
  public TailReport verifyTail() throws IOException {
    try (Connection connection = database.reader()) {
      AuditPublicKey key = AuditPublicKey.read(folder.publicKey());
      return new ChainRecovery(folder, key, Tip.NONE).look(connection);
    } catch (SQLException e) {
      throw problem(e);
    }
  }

  /** The newest entries of a filter, the oldest of them first. */
  public List<AuditEntry> newest(EntryFilter filter) {
    try (Connection connection = database.reader()) {
      return EntryQuery.newest(connection, filter);
    } catch (SQLException e) {
      throw problem(e);
    }
  }

  /** Hands over entries as they come, until the thread is interrupted or the reader says no. */
  public void follow(EntryFilter filter, Consumer<AuditEntry> reader, Pace pace)
      throws InterruptedException {
    try (Connection connection = database.reader()) {
      EntryFilter next = filter;
      while (pace.goesOn()) {
        for (AuditEntry entry : EntryQuery.newest(connection, next)) {
          reader.accept(entry);
          next = next.following(entry.seq());
        }
      }
    } catch (SQLException e) {
      throw problem(e);
    }
  }

  /** Waits before the next look, and says whether there shall be one. */
  @FunctionalInterface
  public interface Pace {
    boolean goesOn() throws InterruptedException;
  }

  private Problem problem(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    if (state.startsWith("08") || state.equals("57P03")) {
      return new Problem(
          ProblemCode.NOT_RUNNING,
          "Expected PostgreSQL to answer at " + database.access() + ", but: " + e.getMessage(),
          "Start Kodo with `kodo up`, then ask again.",
          e);
    }
    if (state.startsWith("28") || state.startsWith("3D")) {
      return new Problem(
          ProblemCode.DATABASE_UNREACHABLE,
          "Expected to log in at " + database.access() + ", but: " + e.getMessage(),
          "Check `database.guard-user` and `database.guard-password-env`.",
          e);
    }
    return new Problem(
        ProblemCode.AUDIT_BROKEN,
        "Expected to read the audit log at " + database.access() + ", but: " + e.getMessage(),
        ProblemCode.AUDIT_BROKEN.next(),
        e);
  }
}
