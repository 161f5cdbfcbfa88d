package dev.kodo.kernel.books;

import dev.kodo.kernel.engine.EngineRecords;
import dev.kodo.kernel.home.Secrets;
import dev.kodo.kernel.part.PartRecords;
import dev.kodo.kernel.part.PartState;
import dev.kodo.kernel.part.PartStatus;
import dev.kodo.kernel.part.Supervisor;
import dev.kodo.kernel.postgres.DatabaseAccess;
import dev.kodo.kernel.postgres.DatabaseSetUp;
import dev.kodo.kernel.postgres.PostgresBinaries;
import dev.kodo.kernel.postgres.PostgresPart;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL for tests, started once in a JVM, with a database of its own for each test.
 *
 * @param guard the books, migrated
 * @param engine the schema that the engine's exporter writes, migrated
 * @param workers the same database as the workers' role sees it
 * @param admin the same database as the superuser sees it
 */
public record TestBooks(
    GuardDatabase guard, EngineRecords engine, DatabaseAccess workers, DatabaseAccess admin) {
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static @Nullable Server server;

  /** A new database with both roles and the migrated schema. */
  public static TestBooks fresh() throws SQLException {
    TestBooks books = server().database("kodo_" + COUNT.incrementAndGet());
    books.guard.migrate(DatabaseSetUp.WORKERS);
    books.engine.migrate(DatabaseSetUp.WORKERS);
    return books;
  }

  /** Takes the lock, as a kernel that starts; its log makes it the keeper. */
  public KeptBooks take() throws SQLException {
    return KeptBooks.take(guard, DatabaseSetUp.WORKERS);
  }

  /** Makes the caller the keeper, as a kernel that has started. */
  public KeptBooks keep() throws SQLException {
    KeptBooks books = take();
    books.keep();
    return books;
  }

  /** As after a failover: all connections of the guard end, and with them the lock. */
  public void endGuardConnections() throws SQLException {
    asAdmin(
        "select pg_terminate_backend(pid) from pg_stat_activity"
            + " where usename = 'kodo_guard' and datname = current_database()");
  }

  /** Runs statements as the superuser. */
  public void asAdmin(String sql) throws SQLException {
    execute(admin, sql);
  }

  static void execute(DatabaseAccess access, String sql) throws SQLException {
    try (Connection connection = access.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static synchronized Server server() {
    if (server == null) {
      server = new Server();
    }
    return server;
  }

  private static final class Server {
    private final int port;
    private final Secrets secrets;

    private Server() {
      try {
        Path home = Files.createTempDirectory("kodo-books");
        port = freePort();
        secrets = new Secrets(home.resolve("secrets"), new Random(11));
        Supervisor supervisor =
            new Supervisor(
                new PartRecords(home.resolve("run")),
                name -> home.resolve(name + ".log"),
                Clock.systemUTC(),
                () -> {});
        PartStatus status =
            supervisor.start(
                new PostgresPart(
                    PostgresBinaries.unpacked(home.resolve("cache")),
                    home.resolve("data/postgres"),
                    port,
                    secrets));
        if (status.state() != PartState.HEALTHY) {
          throw new IllegalStateException("Expected PostgreSQL to start, but " + status);
        }
        Runtime.getRuntime()
            .addShutdownHook(new Thread(() -> stop(supervisor, status.pid(), home)));
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException("Expected PostgreSQL to start", e);
      }
    }

    TestBooks database(String name) throws SQLException {
      try {
        String workers = secrets.obtain("postgres-kodo");
        String guard = secrets.obtain(PostgresPart.GUARD_SECRET);
        String exporter = secrets.obtain(PostgresPart.EXPORTER_SECRET);
        new DatabaseSetUp(admin("postgres"), name)
            .run(new DatabaseSetUp.Passwords(workers, guard, exporter));
        return new TestBooks(
            new GuardDatabase(DatabaseAccess.local(port, name, DatabaseSetUp.GUARD, guard)),
            new EngineRecords(DatabaseAccess.local(port, name, DatabaseSetUp.EXPORTER, exporter)),
            DatabaseAccess.local(port, name, DatabaseSetUp.WORKERS, workers),
            admin(name));
      } catch (IOException e) {
        throw new IllegalStateException("Expected the secrets to be readable", e);
      }
    }

    private DatabaseAccess admin(String database) throws IOException {
      return DatabaseAccess.local(port, database, "kodo_admin", secrets.obtain("postgres-admin"));
    }

    /** At once: a clean end would first write down databases that are thrown away. */
    private static void stop(Supervisor supervisor, @Nullable Long pid, Path home) {
      try {
        new ProcessBuilder("/bin/sh", "-c", "kill -QUIT " + pid).start().waitFor();
        supervisor.stopAll();
        // Left to run on its own: so many databases are many thousand files.
        new ProcessBuilder("rm", "-rf", home.toString()).start();
      } catch (InterruptedException | IOException e) {
        throw new IllegalStateException("Expected PostgreSQL to stop", e);
      }
    }

    private static int freePort() throws IOException {
      try (ServerSocket socket = new ServerSocket(0)) {
        return socket.getLocalPort();
      }
    }
  }
}
