package dev.kodo.kernel.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kodo.kernel.audit.Actor;
import dev.kodo.kernel.audit.AuditEvent;
import dev.kodo.kernel.audit.AuditFolder;
import dev.kodo.kernel.audit.AuditKey;
import dev.kodo.kernel.audit.AuditLog;
import dev.kodo.kernel.audit.AuditSetting;
import dev.kodo.kernel.audit.Kind;
import dev.kodo.kernel.books.TestBooks;
import dev.kodo.kernel.config.Config;
import dev.kodo.kernel.home.KodoHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class BooksExaminationTest {
  @TempDir Path folder;
  private KodoHome home;
  private TestBooks books;
  private BooksExamination examination;

  @BeforeEach
  void write() throws IOException, SQLException {
    home = new KodoHome(folder, folder.resolve("cache"));
    books = TestBooks.fresh();
    Files.writeString(
        home.config(),
        """
        database.url: "%s"
        database.user: %s
        database.password-env: WORKERS_PASSWORD
        database.guard-user: %s
        database.guard-password-env: GUARD_PASSWORD
        """
            .formatted(
                books.guard().access().url(),
                books.workers().user(),
                books.guard().access().user()));
    examination =
        new BooksExamination(
            Config.load(home),
            home,
            Map.of(
                "WORKERS_PASSWORD", books.workers().password(),
                "GUARD_PASSWORD", books.guard().access().password()),
            true);
    AuditFolder files = new AuditFolder(home.audit());
    AuditKey key = AuditKey.obtain(home.secrets(), files);
    try (AuditLog log =
        AuditLog.open(new AuditSetting(books.take(), files, key, Clock.systemUTC()))) {
      log.append(AuditEvent.of(Actor.GUARD, Kind.MODEL_CALL, "p/m", "ok"));
      log.append(AuditEvent.of(Actor.GUARD, Kind.MODEL_CALL, "p/m", "ok"));
    }
    Files.setPosixFilePermissions(home.secrets(), PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void findsNothingWhereAllIsWell() {
    assertThat(examination.secrets().grade()).isEqualTo(Finding.Grade.OK);
    assertThat(examination.guard().text()).contains("`kodo` can read them");
    assertThat(examination.audit().grade()).isEqualTo(Finding.Grade.OK);
  }

  @Test
  void tellsThatOthersMayReadASecret() throws IOException {
    Files.setPosixFilePermissions(
        home.secrets().resolve("audit-key"), PosixFilePermissions.fromString("rw-r-----"));

    assertThat(examination.secrets().grade()).isEqualTo(Finding.Grade.TROUBLE);
    assertThat(examination.secrets().text()).contains("audit-key");
  }

  @Test
  void tellsThatTheWorkersCouldWriteTheBooks() throws SQLException {
    books.asAdmin("grant update (hash) on guard.audit_entry to kodo");

    assertThat(new Doctored(examination).guard()).contains("audit_entry");
  }

  @Test
  void tellsThatTheEndOfTheLogWasCutOff() throws SQLException {
    books.asAdmin(
        """
        set session_replication_role = replica;
        delete from guard.audit_entry where seq = 2;
        delete from guard.audit_checkpoint
        """);

    assertThat(examination.audit().grade()).isEqualTo(Finding.Grade.TROUBLE);
    assertThat(examination.audit().text()).contains("2");
  }

  @Test
  void tellsThatTheGuardCannotLogIn() {
    BooksExamination strange =
        new BooksExamination(
            Config.load(home),
            home,
            Map.of("WORKERS_PASSWORD", "x", "GUARD_PASSWORD", "wrong"),
            true);

    assertThat(strange.guard().grade()).isEqualTo(Finding.Grade.TROUBLE);
  }

  /** A problem is what the doctor makes a finding of. */
  private record Doctored(BooksExamination examination) {
    String guard() {
      try {
        return examination.guard().text();
      } catch (dev.kodo.kernel.problem.Problem problem) {
        return problem.sentence();
      }
    }
  }
}
