package dev.kodo.kernel.postgres;

import dev.kodo.kernel.config.Config;
import dev.kodo.kernel.config.ConfigKey;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;

/** Where the database is and how to log in. */
public record DatabaseAccess(String url, String user, String password) {
  private static final String TIMEOUT_SECONDS = "5";

  /** A server of the user's own, as configured. */
  public static DatabaseAccess external(Config config, Map<String, String> environment) {
    String variable = config.text(ConfigKey.DATABASE_PASSWORD_ENV);
    return new DatabaseAccess(
        config.text(ConfigKey.DATABASE_URL),
        config.text(ConfigKey.DATABASE_USER),
        variable.isEmpty() ? "" : environment.getOrDefault(variable, ""));
  }

  static DatabaseAccess local(int port, String database, String user, String password) {
    return new DatabaseAccess(
        "jdbc:postgresql://127.0.0.1:" + port + "/" + database, user, password);
  }

  /** Asks the server something trivial. */
  public void check() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT 1")) {
      if (!result.next()) {
        throw new SQLException("Expected one row from SELECT 1, but got none");
      }
    }
  }

  Connection connect() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    properties.setProperty("ApplicationName", "kodo-kernel");
    properties.setProperty("connectTimeout", TIMEOUT_SECONDS);
    properties.setProperty("socketTimeout", TIMEOUT_SECONDS);
    return DriverManager.getConnection(url, properties);
  }

  /** Never shows the password. */
  @Override
  public String toString() {
    return url + " as " + user;
  }
}
