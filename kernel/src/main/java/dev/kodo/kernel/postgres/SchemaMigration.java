package dev.kodo.kernel.postgres;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * The migrations of a schema that the kernel looks after. Their history lies in the schema itself,
 * so the workers' history in the schema public and this one never meet.
 */
public final class SchemaMigration {
  /** Held here, since the logging framework forgets the level of a logger that nobody holds. */
  private static final Logger FLYWAY = Logger.getLogger("org.flywaydb");

  private SchemaMigration() {}

  /**
   * Brings a schema that exists up to date.
   *
   * @param access the login of the role that owns it
   * @param schema its name, and that of the folder with its migrations
   * @param properties of the driver
   * @param workersRole who may read it
   * @throws SQLException when the database cannot be reached or a migration fails
   */
  public static void run(
      DatabaseAccess access, String schema, Map<String, String> properties, String workersRole)
      throws SQLException {
    FLYWAY.setLevel(Level.WARNING);
    Map<String, String> all = new HashMap<>(properties);
    all.putAll(access.caution());
    try {
      Flyway.configure()
          .dataSource(access.url(), access.user(), access.password())
          .jdbcProperties(all)
          .schemas(schema)
          .createSchemas(false)
          .locations("classpath:db/" + schema)
          .failOnMissingLocations(true)
          .placeholders(Map.of("workers", workersRole))
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw new SQLException(
          "The schema " + schema + " could not be migrated: " + e.getMessage(), e);
    }
  }
}
