package dev.kodo.kernel.config;

import dev.kodo.kernel.home.KodoHome;
import dev.kodo.kernel.problem.Problem;
import dev.kodo.kernel.problem.ProblemCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** All settings with their values in normal form. Loading creates nothing. */
public final class Config {
  private final KodoHome home;
  private final Map<ConfigKey, String> values;

  private Config(KodoHome home, Map<ConfigKey, String> values) {
    this.home = home;
    this.values = values;
  }

  /** Reads the file of this home; a missing file means the defaults. */
  public static Config load(KodoHome home) {
    Map<String, ConfigReader.Entry> written =
        Files.exists(home.config()) ? ConfigReader.read(home.config()) : Map.of();
    Map<ConfigKey, String> values = new EnumMap<>(ConfigKey.class);
    for (ConfigKey key : ConfigKey.values()) {
      values.put(key, key.form().rule().apply(key.defaultText()));
    }
    written.forEach(
        (name, entry) -> values.put(known(home, name, entry), valid(home, name, entry)));
    return new Config(home, values);
  }

  private static ConfigKey known(KodoHome home, String name, ConfigReader.Entry entry) {
    return ConfigKey.of(name)
        .orElseThrow(() -> entry.unknown(home.config(), name, name, ConfigKey.keys()));
  }

  private static String valid(KodoHome home, String name, ConfigReader.Entry entry) {
    Form form = known(home, name, entry).form();
    try {
      return form.rule().apply(entry.text().strip());
    } catch (RuntimeException invalid) {
      throw new Problem(
          ProblemCode.CONFIG_BAD_VALUE,
          "Expected `"
              + name
              + "` in "
              + place(home, entry)
              + " to be "
              + form.description()
              + ", but it is `"
              + Form.withoutPassword(entry.text())
              + "`.",
          name.equals(ConfigKey.DATABASE_URL.key())
              ? "Correct that line. A password belongs into an environment variable, which"
                  + " `database.password-env` names."
              : "Correct that line, or remove it to use the default.",
          invalid);
    }
  }

  private static String place(KodoHome home, ConfigReader.Entry entry) {
    return home.config() + " line " + entry.line();
  }

  /** The value in normal form: ISO durations, sizes in bytes with the unit B. */
  public String text(ConfigKey key) {
    return java.util.Objects.requireNonNull(values.get(key));
  }

  public boolean isSet(ConfigKey key) {
    return !text(key).isEmpty();
  }

  public int number(ConfigKey key) {
    return Integer.parseInt(text(key));
  }

  public Duration duration(ConfigKey key) {
    return Duration.parse(text(key));
  }

  public long bytes(ConfigKey key) {
    return Sizes.parse(text(key));
  }

  public List<String> agents() {
    return List.of(text(ConfigKey.AGENTS).split(",", -1));
  }

  /** A path; {@code KODO_HOME} and {@code ~} in front are understood. */
  public Path path(ConfigKey key) {
    String text = text(key);
    if (text.equals("KODO_HOME") || text.startsWith("KODO_HOME/")) {
      return home.root().resolve(text.substring(Math.min(text.length(), 10))).normalize();
    }
    if (text.equals("~") || text.startsWith("~/")) {
      String user = System.getProperty("user.home");
      return Path.of(user).resolve(text.substring(Math.min(text.length(), 2))).normalize();
    }
    return home.root().resolve(text).normalize();
  }

  public Path workspace() {
    return path(ConfigKey.WORKSPACE_PATH);
  }

  public boolean localEngine() {
    return text(ConfigKey.ENGINE_MODE).equals("local");
  }

  public boolean embeddedDatabase() {
    return !isSet(ConfigKey.DATABASE_URL);
  }
}
