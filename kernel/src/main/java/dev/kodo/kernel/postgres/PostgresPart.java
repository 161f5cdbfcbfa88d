package dev.kodo.kernel.postgres;

import dev.kodo.kernel.config.ConfigKey;
import dev.kodo.kernel.home.Secrets;
import dev.kodo.kernel.part.Backoff;
import dev.kodo.kernel.part.Part;
import dev.kodo.kernel.part.PartCommand;
import dev.kodo.kernel.part.Timing;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The embedded PostgreSQL server with its one database and its three ordinary roles. */
public final class PostgresPart implements Part {
  public static final String NAME = "postgres";
  public static final String GUARD_SECRET = "postgres-guard";
  public static final String EXPORTER_SECRET = "postgres-exporter";
  static final String ADMIN = "kodo_admin";
  private static final String DATABASE = "kodo";
  private static final Timing TIMING =
      new Timing(
          Duration.ofSeconds(60),
          Duration.ofSeconds(5),
          Duration.ofSeconds(60),
          Duration.ofSeconds(20),
          Backoff.DEFAULT);

  private final PostgresBinaries binaries;
  private final Path data;
  private final int port;
  private final Secrets secrets;
  private final String adminPassword;
  private final DatabaseSetUp.Passwords passwords;
  private boolean prepared;

  public PostgresPart(PostgresBinaries binaries, Path data, int port, Secrets secrets)
      throws IOException {
    this.binaries = binaries;
    this.data = data;
    this.port = port;
    this.secrets = secrets;
    this.adminPassword = secrets.obtain("postgres-admin");
    this.passwords =
        new DatabaseSetUp.Passwords(
            secrets.obtain("postgres-kodo"),
            secrets.obtain(GUARD_SECRET),
            secrets.obtain(EXPORTER_SECRET));
  }

  /** How the workers log in. */
  public DatabaseAccess access() {
    return DatabaseAccess.local(port, DATABASE, DatabaseSetUp.WORKERS, passwords.workers());
  }

  /** How the kernel reaches the guard's own schema. */
  public DatabaseAccess guardAccess() {
    return guardAccess(port, passwords.guard());
  }

  /** The same for a command that does not run the server itself. */
  public static DatabaseAccess guardAccess(int port, String password) {
    return DatabaseAccess.local(port, DATABASE, DatabaseSetUp.GUARD, password);
  }

  /** How the engine's exporter, and the kernel for it, reaches the engine's schema. */
  public static DatabaseAccess exporterAccess(int port, String password) {
    return DatabaseAccess.local(port, DATABASE, DatabaseSetUp.EXPORTER, password);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void prepare() throws IOException {
    PostgresFolder folder = new PostgresFolder(data);
    folder.create(binaries, secrets.file("postgres-admin"));
    folder.removeStalePidFile();
  }

  @Override
  public PartCommand command() throws IOException {
    List<String> words = new ArrayList<>(UserNamespace.prefix());
    words.add(binaries.program("postgres").toString());
    words.addAll(List.of("-D", data.toString(), "-p", Integer.toString(port)));
    List.of(
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "max_connections=50",
            "log_min_messages=warning",
            "log_line_prefix=%m [%p] ")
        .forEach(setting -> words.addAll(List.of("-c", setting)));
    return new PartCommand(words, Map.of("LC_ALL", "C", "LANG", "C", "TZ", "UTC"), data, "");
  }

  @Override
  public void check() throws SQLException {
    if (!prepared) {
      DatabaseAccess admin = DatabaseAccess.local(port, "postgres", ADMIN, adminPassword);
      new DatabaseSetUp(admin, DATABASE).run(passwords);
      prepared = true;
    }
    access().check();
  }

  @Override
  public Timing timing() {
    return TIMING;
  }

  @Override
  public Map<String, Integer> ports() {
    return Map.of(ConfigKey.DATABASE_PORT.key(), port);
  }

  @Override
  public void askToEnd(ProcessHandle process) {
    interrupt(process);
  }

  /** SIGINT is PostgreSQL's fast end: it does not wait for clients that stay connected. */
  public static void interrupt(ProcessHandle process) {
    try {
      new ProcessBuilder("/bin/sh", "-c", "kill -INT " + process.pid()).start();
    } catch (IOException e) {
      process.destroy();
    }
  }
}
