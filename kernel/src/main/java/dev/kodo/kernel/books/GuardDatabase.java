package dev.kodo.kernel.books;

import dev.kodo.kernel.config.Config;
import dev.kodo.kernel.config.ConfigKey;
import dev.kodo.kernel.home.KodoHome;
import dev.kodo.kernel.home.Secrets;
import dev.kodo.kernel.postgres.DatabaseAccess;
import dev.kodo.kernel.postgres.PostgresPart;
import dev.kodo.kernel.postgres.SchemaMigration;
import dev.kodo.kernel.problem.Problem;
import dev.kodo.kernel.problem.ProblemCode;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/**
 * The schema {@code guard}, as its owner sees it. Every connection looks for names in that schema
 * alone, so nothing that the workers create in theirs can be taken for the guard's own.
 *
 * @param access the login of the guard's role
 */
public record GuardDatabase(DatabaseAccess access) {
  static final String SCHEMA = "guard";

  /** A disk under load may need seconds for one flush; a commit without an answer is worse. */
  private static final String WRITE_TIMEOUT_SECONDS = "15";

  private static final Map<String, String> SETTINGS =
      Map.of(
          "currentSchema", SCHEMA,
          "socketTimeout", WRITE_TIMEOUT_SECONDS,
          "tcpKeepAlive", "true");

  /**
   * The books of this home, for a command that does not run the database itself. Reads the secret
   * and creates nothing.
   *
   * @throws Problem when Kodo was never started here, or the guard's user is not configured
   */
  public static GuardDatabase of(Config config, KodoHome home, Map<String, String> environment)
      throws IOException {
    if (!config.embeddedDatabase()) {
      return new GuardDatabase(DatabaseAccess.externalGuard(config, environment));
    }
    String password =
        Secrets.read(home.secrets(), PostgresPart.GUARD_SECRET)
            .orElseThrow(
                () ->
                    new Problem(
                        ProblemCode.NOT_RUNNING, "Kodo has never been started here with a guard."));
    return new GuardDatabase(
        PostgresPart.guardAccess(config.number(ConfigKey.DATABASE_PORT), password));
  }

  /**
   * Brings the schema up to date and makes sure that the workers can read it and not write it.
   *
   * @param workersRole whose rights are set and then checked
   * @throws Problem when the workers' role could change the books all the same
   * @throws SQLException when the database cannot be reached or a migration fails
   */
  public void migrate(String workersRole) throws SQLException {
    SchemaMigration.run(access, SCHEMA, SETTINGS, workersRole);
    requireSeparation(workersRole);
  }

  /**
   * Checks that the workers can read the books and not write them.
   *
   * @throws Problem when they could write
   * @throws SQLException when the database cannot be reached
   */
  public void requireSeparation(String workersRole) throws SQLException {
    try (Connection connection = connect()) {
      Separation.require(connection, workersRole);
    }
  }

  /**
   * A connection in auto-commit mode; a statement fails after 15 seconds of silence. It may lie
   * idle for hours, and what lies between may forget a silent one.
   */
  public Connection connect() throws SQLException {
    return access.connect(SETTINGS);
  }

  /** A connection that cannot write, for reading at length: only a dead server ends the wait. */
  public Connection reader() throws SQLException {
    Connection connection =
        access.connect(
            Map.of(
                "currentSchema", SCHEMA,
                "readOnlyMode", "always",
                "socketTimeout", "0",
                "tcpKeepAlive", "true"));
    connection.setReadOnly(true);
    return connection;
  }
}
