package dev.kodo.kernel.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Creates the database and the roles of the workers, the guard and the engine's exporter, and draws
 * the lines between them; changes nothing when all is there.
 *
 * <p>The database belongs to the administrator, so the workers can neither drop it nor give rights
 * away. They make their tables in the schema public; the schema guard belongs to the guard's role,
 * and the schema engine to the exporter's.
 *
 * @param admin the administrator on the server's database {@code postgres}
 * @param database its name
 */
public record DatabaseSetUp(DatabaseAccess admin, String database) {
  public static final String WORKERS = "kodo";
  public static final String GUARD = "kodo_guard";
  public static final String EXPORTER = "kodo_exporter";

  /** Of 50 connections: a body that opens all it can must not lock the guard out. */
  private static final int WORKERS_CONNECTIONS = 36;

  /**
   * The words that the roles log in with.
   *
   * @param workers only hex digits, as it becomes part of a statement; so the others
   */
  public record Passwords(String workers, String guard, String exporter) {}

  /** Brings everything into being. */
  public void run(Passwords passwords) throws SQLException {
    try (Connection connection = admin.connect();
        Statement statement = connection.createStatement()) {
      role(connection, WORKERS, passwords.workers());
      statement.execute("ALTER ROLE " + WORKERS + " CONNECTION LIMIT " + WORKERS_CONNECTIONS);
      role(connection, GUARD, passwords.guard());
      role(connection, EXPORTER, passwords.exporter());
      boolean exists = exists(connection, "SELECT 1 FROM pg_database WHERE datname = ?", database);
      statement.execute(
          exists
              ? "ALTER DATABASE " + database + " OWNER TO " + admin.user()
              : "CREATE DATABASE " + database + " OWNER " + admin.user() + " TEMPLATE template0");
    }
    try (Connection connection = admin.onDatabase(database).connect();
        Statement statement = connection.createStatement()) {
      statement.execute(rights());
    }
  }

  private String rights() {
    return """
        REVOKE ALL ON DATABASE %1$s FROM PUBLIC;
        GRANT CONNECT ON DATABASE %1$s TO %2$s, %3$s, %4$s;
        REVOKE ALL ON SCHEMA public FROM PUBLIC;
        GRANT USAGE, CREATE ON SCHEMA public TO %2$s;
        CREATE SCHEMA IF NOT EXISTS guard AUTHORIZATION %3$s;
        CREATE SCHEMA IF NOT EXISTS engine AUTHORIZATION %4$s;
        """
        .formatted(database, WORKERS, GUARD, EXPORTER);
  }

  private static void role(Connection connection, String name, String password)
      throws SQLException {
    boolean exists = exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?", name);
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          (exists ? "ALTER ROLE " : "CREATE ROLE ")
              + name
              + " LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD '"
              + password
              + "'");
    }
  }

  private static boolean exists(Connection connection, String query, String name)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, name);
      try (ResultSet result = statement.executeQuery()) {
        return result.next();
      }
    }
  }
}
