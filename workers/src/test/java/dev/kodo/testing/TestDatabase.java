package dev.kodo.testing;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A real PostgreSQL with Kodo's schema, one server for all tests of a run; it ends with the JVM.
 */
public final class TestDatabase {
  private static final EmbeddedPostgres SERVER = startServer();

  /** Copying a database takes a tenth of the time that all migrations take. */
  private static final String MIGRATED = migrated();

  private final String name;
  private final DataSource dataSource;

  private TestDatabase(String name, DataSource dataSource) {
    this.name = name;
    this.dataSource = dataSource;
  }

  /** A database of its own with all migrations, empty but for the agent {@code main}. */
  public static TestDatabase fresh() {
    return create("template " + MIGRATED);
  }

  private static String migrated() {
    TestDatabase database = empty();
    Flyway.configure().dataSource(database.dataSource).load().migrate();
    database.jdbc().sql("insert into agent values ('main', 'running', 0, now())").update();
    return database.name;
  }

  /** Adds the schema that the engine's exporter writes. */
  public TestDatabase withEngineRecords() {
    jdbc().sql("create schema engine").update();
    Flyway.configure()
        .dataSource(dataSource)
        .schemas("engine")
        .locations("classpath:db/engine")
        .placeholders(Map.of("workers", "postgres"))
        .load()
        .migrate();
    return this;
  }

  /** A database without any table. */
  public static TestDatabase empty() {
    return create("");
  }

  private static synchronized TestDatabase create(String origin) {
    String name = "t" + Long.toString(System.nanoTime(), 36);
    JdbcClient.create(SERVER.getPostgresDatabase())
        .sql("create database " + name + " " + origin)
        .update();
    return new TestDatabase(name, SERVER.getDatabase("postgres", name));
  }

  /** The same database through a pool, as the body has it, for tests that look at the time. */
  public TestDatabase pooled() {
    HikariConfig pool = new HikariConfig();
    pool.setDataSource(dataSource);
    pool.setMaximumPoolSize(4);
    return new TestDatabase(name, new HikariDataSource(pool));
  }

  public String url() {
    return SERVER.getJdbcUrl("postgres", name);
  }

  public DataSource dataSource() {
    return dataSource;
  }

  public JdbcClient jdbc() {
    return JdbcClient.create(dataSource);
  }

  public TransactionTemplate transactions() {
    return new TransactionTemplate(new DataSourceTransactionManager(dataSource));
  }

  private static EmbeddedPostgres startServer() {
    try {
      return EmbeddedPostgres.builder().setPgBinaryResolver(TestDatabase::binaries).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The first that is there: the kernel's library of the same programs may be on the class path.
   */
  private static InputStream binaries(String system, String machine) {
    String name = "/postgres-%s-%s.txz".formatted(system.toLowerCase(Locale.ROOT), machine);
    return Objects.requireNonNull(TestDatabase.class.getResourceAsStream(name), name);
  }
}
