package dev.kodo.kernel.doctor;

import dev.kodo.kernel.audit.AuditFolder;
import dev.kodo.kernel.audit.AuditReader;
import dev.kodo.kernel.audit.TailReport;
import dev.kodo.kernel.books.GuardDatabase;
import dev.kodo.kernel.config.Config;
import dev.kodo.kernel.home.KodoHome;
import dev.kodo.kernel.postgres.DatabaseAccess;
import dev.kodo.kernel.postgres.DatabaseSetUp;
import dev.kodo.kernel.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What the guard rests on: its secrets, its user of the database, and the end of its log. */
final class BooksExamination {
  private static final Set<PosixFilePermission> OWNERS =
      Set.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private final Config config;
  private final KodoHome home;
  private final Map<String, String> environment;
  private final boolean running;

  BooksExamination(Config config, KodoHome home, Map<String, String> environment, boolean running) {
    this.config = config;
    this.home = home;
    this.environment = environment;
    this.running = running;
  }

  /** Nobody but the owner may read a secret. */
  Finding secrets() {
    if (!Files.isDirectory(home.secrets())) {
      return Finding.note("secrets", "none yet", "`kodo up` makes them.");
    }
    try (Stream<Path> files = Files.list(home.secrets())) {
      List<String> open = new ArrayList<>();
      for (Path file : Stream.concat(Stream.of(home.secrets()), files).toList()) {
        if (!OWNERS.containsAll(Files.getPosixFilePermissions(file))) {
          open.add(file.toString());
        }
      }
      return open.isEmpty()
          ? Finding.ok("secrets", "only their owner can read them")
          : Finding.trouble(
              "secrets",
              "others may read " + String.join(", ", open),
              "Take the right away with `chmod -R go= " + home.secrets() + "`.");
    } catch (IOException e) {
      return Finding.trouble("secrets", "not readable: " + e.getMessage(), "Check KODO_HOME.");
    }
  }

  /** Whether the guard's user can log in and the workers' cannot write its books. */
  Finding guard() {
    if (config.embeddedDatabase() && !running) {
      return Finding.note("guard", "its books do not run", "Start Kodo with `kodo up`.");
    }
    try {
      String workers =
          config.embeddedDatabase()
              ? DatabaseSetUp.WORKERS
              : DatabaseAccess.external(config, environment).user();
      GuardDatabase.of(config, home, environment).requireSeparation(workers);
      return Finding.ok("guard", "only it can write its books, `" + workers + "` can read them");
    } catch (SQLException e) {
      return Finding.trouble(
          "guard",
          "its books do not answer: " + e.getMessage(),
          "Check `database.guard-user` and `database.guard-password-env`.");
    } catch (IOException e) {
      return Finding.trouble("guard", "not readable: " + e.getMessage(), "Check KODO_HOME.");
    }
  }

  /** The end of the log; all of it takes `kodo audit verify`. */
  Finding audit() {
    AuditFolder folder = new AuditFolder(home.audit());
    if (!Files.isDirectory(folder.path()) || (config.embeddedDatabase() && !running)) {
      return Finding.note("audit", "the log is not open", "Start Kodo with `kodo up`.");
    }
    try {
      TailReport tail =
          new AuditReader(GuardDatabase.of(config, home, environment), folder).verifyTail();
      return tail.findings().isEmpty()
          ? Finding.ok("audit", "the last " + tail.entries() + " entries are as they were signed")
          : Finding.trouble(
              "audit",
              tail.findings().getFirst().text(),
              "Run `kodo audit verify`, and keep the database and KODO_HOME/audit as they are.");
    } catch (IOException e) {
      return Finding.trouble("audit", "not readable: " + e.getMessage(), "Check KODO_HOME.");
    } catch (Problem problem) {
      return Finding.trouble("audit", problem.sentence(), problem.next());
    }
  }
}
