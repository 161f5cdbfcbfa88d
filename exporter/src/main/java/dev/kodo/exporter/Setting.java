package dev.kodo.exporter;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Set;

/**
 * The arguments that the engine's configuration gives the exporter. A missing or bad one stops the
 * engine at its start, with the name of the argument.
 *
 * @param engineId names the engine's data: another engine begins at position 1 again
 * @param ignored ids of processes that are not written down
 * @param retention time that finished instances and resolved incidents are kept
 */
record Setting(
    String url,
    String user,
    String password,
    String engineId,
    Set<String> ignored,
    Duration retention) {

  Setting {
    ignored = Set.copyOf(ignored);
  }

  static Setting of(Map<String, Object> arguments) {
    return new Setting(
        required(arguments, "url"),
        required(arguments, "user"),
        required(arguments, "password"),
        required(arguments, "engineid"),
        Set.of(String.valueOf(arguments.getOrDefault("ignored", "")).split(",")),
        duration(required(arguments, "retention")));
  }

  private static String required(Map<String, Object> arguments, String name) {
    Object value = arguments.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "Expected the exporter's argument '" + name + "' to be set, but it is not.");
    }
    return value.toString();
  }

  private static Duration duration(String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "Expected the exporter's argument 'retention' to be a duration such as P7D, but it is '"
              + text
              + "'.",
          e);
    }
  }

  /** Never shows the password. */
  @Override
  public String toString() {
    return url + " as " + user;
  }
}
