package dev.kodo.kernel.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Creates the role and the database of the workers; does nothing when they are there. */
final class DatabaseSetUp {
  private DatabaseSetUp() {}

  /**
   * Brings role and database into being.
   *
   * @param name of the role and of the database
   * @param password only hex digits, as it becomes part of a statement
   */
  static void run(DatabaseAccess admin, String name, String password) throws SQLException {
    try (Connection connection = admin.connect();
        Statement statement = connection.createStatement()) {
      boolean exists = exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?", name);
      statement.execute(
          (exists ? "ALTER ROLE " : "CREATE ROLE ") + name + " LOGIN PASSWORD '" + password + "'");
      if (!exists(connection, "SELECT 1 FROM pg_database WHERE datname = ?", name)) {
        statement.execute("CREATE DATABASE " + name + " OWNER " + name + " TEMPLATE template0");
      }
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
