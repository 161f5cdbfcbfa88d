package dev.kodo.kernel.run;

import dev.kodo.kernel.audit.Actor;
import dev.kodo.kernel.audit.AuditEvent;
import dev.kodo.kernel.audit.AuditFolder;
import dev.kodo.kernel.audit.AuditKey;
import dev.kodo.kernel.audit.AuditLog;
import dev.kodo.kernel.audit.AuditSetting;
import dev.kodo.kernel.audit.AuditUnavailable;
import dev.kodo.kernel.audit.Kind;
import dev.kodo.kernel.books.GuardDatabase;
import dev.kodo.kernel.books.KeptBooks;
import dev.kodo.kernel.constitution.Constitution;
import dev.kodo.kernel.home.KodoHome;
import dev.kodo.kernel.problem.Problem;
import dev.kodo.kernel.problem.ProblemCode;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;

/** The guard's books while the kernel runs: opened when the database is there, closed before it. */
final class Bookkeeping implements AutoCloseable {
  private final AuditLog log;
  private final PanicWatch panic;
  private final KeptBooks books;

  private Bookkeeping(KeptBooks books, AuditLog log, PanicWatch panic) {
    this.books = books;
    this.log = log;
    this.panic = panic;
  }

  /**
   * Takes and migrates the books, continues the audit log and records the start in it.
   *
   * @param workersRole the role that may read the books
   * @throws Problem when the books cannot be opened, or are not safe from that role
   */
  static Bookkeeping open(KernelSetting setting, GuardDatabase database, String workersRole)
      throws IOException {
    try {
      KeptBooks books = KeptBooks.take(database, workersRole);
      try {
        return begun(setting, books);
      } catch (IOException | SQLException | RuntimeException e) {
        books.close();
        throw e;
      }
    } catch (SQLException | AuditUnavailable e) {
      throw new Problem(
          ProblemCode.BOOKS_UNUSABLE,
          "Expected to open the guard's books at " + database.access() + ", but: " + e.getMessage(),
          ProblemCode.BOOKS_UNUSABLE.next(),
          e);
    }
  }

  private static Bookkeeping begun(KernelSetting setting, KeptBooks books)
      throws IOException, SQLException {
    KodoHome home = setting.home();
    AuditFolder folder = new AuditFolder(home.audit());
    AuditKey key = AuditKey.obtain(home.secrets(), folder);
    AuditLog log = AuditLog.open(new AuditSetting(books, folder, key, setting.clock()));
    log.append(
        AuditEvent.of(Actor.KERNEL, Kind.START, "kernel", "started")
            .with(
                Map.of(
                    "pid",
                    Long.toString(ProcessHandle.current().pid()),
                    "constitution",
                    Constitution.SHA256)));
    PanicWatch panic = new PanicWatch(new PanicFlag(home.panicFlag()), log);
    panic.start(log.newestOf(Kind.PANIC, Kind.RESUME).filter(Kind.PANIC::equals).isPresent());
    return new Bookkeeping(books, log, panic);
  }

  AuditLog log() {
    return log;
  }

  KeptBooks books() {
    return books;
  }

  /** Records the end; a database that is gone already does not hold it up for long. */
  @Override
  public void close() {
    panic.close();
    try {
      log.append(AuditEvent.of(Actor.KERNEL, Kind.STOP, "kernel", "stopped"));
    } catch (AuditUnavailable unrecorded) {
      System.err.println("Kodo: the stop is not in the audit log: " + unrecorded.getMessage());
    }
    log.close();
    books.close();
  }
}
