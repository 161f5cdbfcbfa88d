package dev.kodo.kernel.books;

import dev.kodo.kernel.postgres.DatabaseAccess;
import java.sql.SQLException;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * The migrations of the schema. Their history lies in the schema itself, so the workers' history in
 * the schema public and this one never meet.
 */
final class GuardSchema {
  /** Held here, since the logging framework forgets the level of a logger that nobody holds. */
  private static final Logger FLYWAY = Logger.getLogger("org.flywaydb");

  private GuardSchema() {}

  static void migrate(DatabaseAccess access, Map<String, String> properties, String workersRole)
      throws SQLException {
    FLYWAY.setLevel(Level.WARNING);
    try {
      Flyway.configure()
          .dataSource(access.url(), access.user(), access.password())
          .jdbcProperties(properties)
          .schemas(GuardDatabase.SCHEMA)
          .createSchemas(false)
          .locations("classpath:db/guard")
          .failOnMissingLocations(true)
          .placeholders(Map.of("workers", workersRole))
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw new SQLException("The schema guard could not be migrated: " + e.getMessage(), e);
    }
  }
}
