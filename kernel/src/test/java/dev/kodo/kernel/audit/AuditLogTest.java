package dev.kodo.kernel.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.kodo.kernel.books.KeptBooks;
import dev.kodo.kernel.problem.Problem;
import dev.kodo.kernel.problem.ProblemCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class AuditLogTest {
  @TempDir Path home;
  private TestLog log;

  @BeforeEach
  void prepare() throws SQLException {
    log = TestLog.in(home);
  }

  @Test
  void keepsEveryEntryAndContinuesAfterAStop() throws Exception {
    Clock clock = Clock.fixed(Instant.parse("2026-11-21T04:00:00.123456789Z"), ZoneOffset.UTC);
    try (AuditLog open = log.open(clock, Duration.ofMinutes(1))) {
      open.append(TestLog.event(1));
      assertThat(log.number("select count(*) from audit_entry")).isEqualTo(1);
      open.append(TestLog.event(2));
    }
    log.write(3);

    AuditReport report = log.verify();

    assertThat(report.findings()).isEmpty();
    assertThat(report.entries()).isEqualTo(5);
    assertThat(report.checkpoints()).isEqualTo(2);
    assertThat(report.afterHead()).isZero();
    assertThat(report.firstAt()).isEqualTo("2026-11-21T04:00:00.123456Z");
    assertThat(
            log.number("select count(*) from audit_entry where at = '2026-11-21 04:00:00.123456Z'"))
        .isEqualTo(2);
  }

  @Test
  void verifiesALogThatNothingWasWrittenTo() throws Exception {
    log.write(0);

    assertThat(log.verify().findings()).isEmpty();
    assertThat(log.verify().entries()).isZero();
  }

  @Test
  void sealsEveryRunOf1024EntriesFromManyThreads() throws Exception {
    try (AuditLog open = log.open();
        ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<?>> appends = new ArrayList<>();
      for (int t = 0; t < 8; t++) {
        appends.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < 300; i++) {
                    open.append(TestLog.event(i));
                  }
                }));
      }
      for (Future<?> append : appends) {
        append.get();
      }
      assertThat(log.number("select count(*) from audit_checkpoint")).isEqualTo(2);
      assertThat(log.number("select last_seq from audit_checkpoint order by 1 limit 1"))
          .isEqualTo(1024);
      assertThat(log.verify().findings()).as("beside the running log").isEmpty();
    }

    assertThat(log.number("select max(last_seq) from audit_checkpoint")).isEqualTo(2400);
    assertThat(log.verify().findings()).isEmpty();
  }

  @Test
  void sealsTheLastEntriesAfterAWhile() throws Exception {
    try (AuditLog open = log.open(Clock.systemUTC(), Duration.ofMillis(200))) {
      open.append(TestLog.event(1));

      await("the entry is sealed although nothing follows")
          .atMost(Duration.ofSeconds(10))
          .until(() -> Files.exists(log.folder().checkpoints()));
    }
    assertThat(log.verify().checkpoints()).isEqualTo(1);
  }

  @Test
  void goesOnAfterTheDatabaseWasAwayAndSaysWhatItDidNotWrite() throws Exception {
    try (AuditLog open = log.open()) {
      open.append(TestLog.event(1));
      log.books()
          .asAdmin(
              "alter role kodo_guard nologin; select pg_terminate_backend(pid) from pg_stat_activity"
                  + " where datname = current_database() and usename = 'kodo_guard'");
      try {
        assertThatThrownBy(() -> open.append(TestLog.event(2)))
            .isInstanceOf(AuditUnavailable.class)
            .hasMessageContaining("Expected to write to the audit log");
        assertThatThrownBy(() -> open.append(TestLog.event(3)))
            .isInstanceOf(AuditUnavailable.class);
      } finally {
        log.books().asAdmin("alter role kodo_guard login");
      }
      open.append(TestLog.event(4));
    }

    assertThat(log.number("select count(*) from audit_entry")).isEqualTo(2);
    assertThat(log.verify().findings()).isEmpty();
  }

  @Test
  void noticesWhileItRunsThatDatabaseAndFilesWereSetBackTogether() throws Exception {
    try (AuditLog open = log.open()) {
      open.append(TestLog.event(1));
      await("the head is signed").until(() -> log.folder().readHead().seq() == 1);
      String earlier = Files.readString(log.folder().head());
      open.append(TestLog.event(2));
      open.append(TestLog.event(3));
      await("the head is signed").until(() -> log.folder().readHead().seq() == 3);

      log.tamper("delete from audit_entry where seq > 1");
      Files.writeString(log.folder().head(), earlier);
      log.books()
          .asAdmin(
              "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'kodo_guard'");
      await("the log is back")
          .ignoreExceptionsInstanceOf(AuditUnavailable.class)
          .until(
              () -> {
                open.append(TestLog.event(4));
                return true;
              });
    }
    assertThat(log.number("select count(*) from audit_entry where kind = 'log-damage'"))
        .isEqualTo(1);
    assertThat(log.number("select min(seq) from audit_entry where kind = 'log-damage'"))
        .as("the gap stays")
        .isEqualTo(4);
  }

  @Test
  void isKeptByOneKernelAtATime() throws Exception {
    TestLog other = new TestLog(log.books(), Files.createDirectory(log.home().resolve("other")));
    try (AuditLog open = log.open()) {
      assertThatThrownBy(other::open)
          .isInstanceOf(Problem.class)
          .hasMessageContaining("another kernel keeps them now");
      assertThatThrownBy(log::open).isInstanceOf(Problem.class);
      open.append(TestLog.event(1));
    }

    try (AuditLog again = log.open()) {
      assertThat(again.damage()).isEmpty();
    }
  }

  @Test
  void writesNothingMoreAndSaysSoOnceAnotherKernelKeepsTheBooks() throws Exception {
    KeptBooks kept = log.books().keep();
    CompletableFuture<Void> told = new CompletableFuture<>();
    kept.whenTaken(() -> told.complete(null));
    AuditKey key = AuditKey.obtain(home.resolve("secrets"), log.folder());
    try (AuditLog open =
        AuditLog.open(new AuditSetting(kept, log.folder(), key, Clock.systemUTC()))) {
      open.append(TestLog.event(1));
      log.books().endGuardConnections();
      try (KeptBooks other = log.books().keep()) {
        assertThatThrownBy(() -> open.append(TestLog.event(2)))
            .isInstanceOf(AuditUnavailable.class);
        assertThatThrownBy(() -> open.append(TestLog.event(3)))
            .isInstanceOf(AuditUnavailable.class);
        assertThat(told).succeedsWithin(Duration.ofSeconds(10));
        assertThat(other.locked().isClosed()).isFalse();
      }
    }
    assertThat(log.number("select count(*) from audit_entry")).isEqualTo(1);
  }

  @Test
  void takesTheBooksBackAfterItsConnectionsBrokeWhenNobodyElseHasThem() throws Exception {
    try (AuditLog open = log.open()) {
      open.append(TestLog.event(1));
      log.books().endGuardConnections();
      await("the log is back")
          .ignoreExceptionsInstanceOf(AuditUnavailable.class)
          .until(
              () -> {
                open.append(TestLog.event(2));
                return true;
              });

      assertThatThrownBy(() -> log.books().keep())
          .isInstanceOfSatisfying(
              Problem.class,
              problem -> assertThat(problem.code()).isEqualTo(ProblemCode.BOOKS_OF_ANOTHER));
    }
  }

  @Test
  void isNotContinuedByAnotherHome() throws Exception {
    log.write(2);
    TestLog other = new TestLog(log.books(), Files.createDirectory(log.home().resolve("other")));

    assertThatThrownBy(other::open)
        .isInstanceOf(Problem.class)
        .hasMessageContaining("another home's key");
    assertThatThrownBy(other::open).isInstanceOf(Problem.class);

    log.write(1);
    assertThat(log.verify().findings()).isEmpty();
  }

  /** It could write nothing itself, and the kernel that can must not end because of it. */
  @Test
  void isNotTakenFromAKernelThatWasCutOffByAHomeThatCannotContinueIt() throws Exception {
    log.write(2);
    TestLog other = new TestLog(log.books(), Files.createDirectory(log.home().resolve("other")));
    try (AuditLog open = log.open()) {
      log.books().endGuardConnections();
      assertThatThrownBy(other::open)
          .isInstanceOf(Problem.class)
          .hasMessageContaining("another home's key");

      await("the log is back")
          .ignoreExceptionsInstanceOf(AuditUnavailable.class)
          .until(
              () -> {
                open.append(TestLog.event(3));
                return true;
              });
    }
  }

  @Test
  void refusesEntriesAfterItsEnd() throws Exception {
    AuditLog open = log.open();
    open.close();

    assertThatThrownBy(() -> open.append(TestLog.event(1)))
        .isInstanceOf(AuditUnavailable.class)
        .hasMessageContaining("closed");
  }

  @Test
  void acceptsThatTheDatabaseIsAheadAfterACrash() throws Exception {
    log.write(3);
    byte[] head = Files.readAllBytes(log.folder().head());
    byte[] checkpoints = Files.readAllBytes(log.folder().checkpoints());
    log.write(2);
    Files.write(log.folder().head(), head);
    Files.write(log.folder().checkpoints(), checkpoints);
    Files.writeString(log.folder().checkpoints(), "{\"firstSeq\":4,", StandardOpenOption.APPEND);

    AuditReport after = log.verify();
    assertThat(after.findings()).isEmpty();
    assertThat(after.afterHead()).isEqualTo(2);

    try (AuditLog open = log.open()) {
      assertThat(open.damage()).isEmpty();
    }
    assertThat(log.verify().findings()).isEmpty();
    assertThat(log.verify().afterHead()).isZero();
    assertThat(log.folder().checkpointLines()).hasSize(2);
  }

  @Test
  void neverForksALogThatBecameShorter() throws Exception {
    log.write(10);
    log.tamper("delete from audit_entry where seq > 6; delete from audit_checkpoint");

    try (AuditLog open = log.open()) {
      assertThat(open.damage()).contains("Entries 7 to 10 are missing.");
      open.append(TestLog.event(11));
    }

    assertThat(log.number("select seq from audit_entry where kind = 'log-damage'")).isEqualTo(11);
    assertThat(log.number("select max(seq) from audit_entry")).isEqualTo(12);
    assertThat(log.verify().findings())
        .extracting(Finding::text)
        .contains("Entries 7 to 10 are missing.");
    try (AuditLog again = log.open()) {
      assertThat(again.damage()).as("told once").noneMatch(text -> text.contains("7 to 10"));
    }
  }

  @Test
  void noticesAtItsStartThatItsHeadIsGoneOrItsTailRewritten() throws Exception {
    log.write(4);
    Files.delete(log.folder().head());
    try (AuditLog open = log.open()) {
      assertThat(open.damage())
          .singleElement()
          .asString()
          .contains("head.json")
          .contains("missing");
    }
    log.tamper("update audit_entry set hash = sha256('x') where seq = 5");
    try (AuditLog open = log.open()) {
      assertThat(open.damage()).contains("Entry 5 is not the one that the kernel signed.");
    }
  }

  @Test
  void neverMakesANewKeyBesideOldSignatures() throws IOException, SQLException {
    log.write(1);
    Path secret = home.resolve("secrets/audit-key");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
        .isEqualTo("rw-------");
    Files.delete(secret);

    assertThatThrownBy(() -> log.open())
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> assertThat(problem.code()).isEqualTo(ProblemCode.AUDIT_KEY_UNUSABLE))
        .hasMessageContaining("audit-key");
  }
}
