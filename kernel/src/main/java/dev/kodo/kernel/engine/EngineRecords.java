package dev.kodo.kernel.engine;

import dev.kodo.kernel.postgres.DatabaseAccess;
import dev.kodo.kernel.postgres.SchemaMigration;
import java.sql.SQLException;
import java.util.Map;

/**
 * The schema {@code engine}, where the local engine's exporter writes what its processes do. The
 * body reads it.
 *
 * @param access the login of the exporter's role, which owns the schema and nothing else
 */
public record EngineRecords(DatabaseAccess access) {
  private static final String SCHEMA = "engine";

  /**
   * Brings the schema up to date and lets the workers read it.
   *
   * @throws SQLException when the database cannot be reached or a migration fails
   */
  public void migrate(String workersRole) throws SQLException {
    SchemaMigration.run(access, SCHEMA, Map.of("currentSchema", SCHEMA), workersRole);
  }
}
