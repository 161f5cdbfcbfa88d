package dev.kodo.kernel.postgres;

import dev.kodo.kernel.config.Config;
import dev.kodo.kernel.config.ConfigKey;
import dev.kodo.kernel.problem.Problem;
import dev.kodo.kernel.problem.ProblemCode;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;

/** Where the database is and how to log in. */
public record DatabaseAccess(String url, String user, String password) {
  private static final String TIMEOUT_SECONDS = "5";
  private static final Pattern HERE =
      Pattern.compile("jdbc:postgresql:(/(?!/)|//(127\\.|localhost\\b|\\[::1]))");

  /** A server of the user's own, as configured. */
  public static DatabaseAccess external(Config config, Map<String, String> environment) {
    String variable = config.text(ConfigKey.DATABASE_PASSWORD_ENV);
    return new DatabaseAccess(
        config.text(ConfigKey.DATABASE_URL),
        config.text(ConfigKey.DATABASE_USER),
        variable.isEmpty() ? "" : environment.getOrDefault(variable, ""));
  }

  /**
   * The guard at a server of the user's own. It has a role of its own, or the workers could write
   * the guard's books.
   *
   * @throws Problem when the role is not configured, or is the workers' own
   */
  public static DatabaseAccess externalGuard(Config config, Map<String, String> environment) {
    String user = config.text(ConfigKey.DATABASE_GUARD_USER);
    String variable = config.text(ConfigKey.DATABASE_GUARD_PASSWORD_ENV);
    require(!user.isEmpty(), ConfigKey.DATABASE_GUARD_USER, "to be set, as `database.url` is");
    require(
        !user.equals(config.text(ConfigKey.DATABASE_USER)),
        ConfigKey.DATABASE_GUARD_USER,
        "to differ from `database.user`");
    require(
        !variable.isEmpty(),
        ConfigKey.DATABASE_GUARD_PASSWORD_ENV,
        "to be set, as `database.url` is");
    return new DatabaseAccess(
        config.text(ConfigKey.DATABASE_URL), user, environment.getOrDefault(variable, ""));
  }

  /** The local engine's exporter at a server of the user's own; empty when it has no user there. */
  public static Optional<DatabaseAccess> externalExporter(
      Config config, Map<String, String> environment) {
    if (!config.isSet(ConfigKey.DATABASE_EXPORTER_USER)) {
      return Optional.empty();
    }
    String variable = config.text(ConfigKey.DATABASE_EXPORTER_PASSWORD_ENV);
    require(
        !variable.isEmpty(),
        ConfigKey.DATABASE_EXPORTER_PASSWORD_ENV,
        "to be set, as `database.exporter-user` is");
    return Optional.of(
        new DatabaseAccess(
            config.text(ConfigKey.DATABASE_URL),
            config.text(ConfigKey.DATABASE_EXPORTER_USER),
            environment.getOrDefault(variable, "")));
  }

  private static void require(boolean met, ConfigKey key, String expectation) {
    if (!met) {
      throw new Problem(
          ProblemCode.CONFIG_BAD_VALUE,
          "Expected `" + key.key() + "` in kodo.yml " + expectation + ".",
          "Let an administrator of the server run the statements in docs/operations.md once, then"
              + " set the key.");
    }
  }

  /** The embedded server. */
  public static DatabaseAccess local(int port, String database, String user, String password) {
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

  /** The same server and login, another database. */
  DatabaseAccess onDatabase(String database) {
    return new DatabaseAccess(
        url.substring(0, url.lastIndexOf('/') + 1) + database, user, password);
  }

  /** A connection whose statements fail after five seconds of silence. */
  public Connection connect() throws SQLException {
    return connect(Map.of());
  }

  /** What the driver is told beside: on this machine any program can take a server's port. */
  Map<String, String> caution() {
    return HERE.matcher(url).lookingAt()
        ? Map.of("authenticationPluginClassName", ScramOnly.class.getName())
        : Map.of();
  }

  /** A connection with further properties of the driver. */
  public Connection connect(Map<String, String> further) throws SQLException {
    Properties properties = new Properties();
    properties.putAll(caution());
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    properties.setProperty("ApplicationName", "kodo-kernel");
    properties.setProperty("connectTimeout", TIMEOUT_SECONDS);
    properties.setProperty("socketTimeout", TIMEOUT_SECONDS);
    properties.putAll(further);
    return DriverManager.getConnection(url, properties);
  }

  /** Never shows the password. */
  @Override
  public String toString() {
    return url + " as " + user;
  }
}
