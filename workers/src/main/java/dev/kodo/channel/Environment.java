package dev.kodo.channel;

import org.jspecify.annotations.Nullable;

/** The environment variables that hold the secrets of channels. */
@FunctionalInterface
public interface Environment {
  /** The value of a variable, or null when it is not set. */
  @Nullable String value(String name);

  /**
   * The secret in a variable.
   *
   * @param key the setting that names the variable, for the message
   * @throws IllegalStateException when the variable is not set or empty; the message holds its name
   *     only
   */
  default String secret(String key, String name) {
    String value = value(name);
    if (value == null || value.isBlank()) {
      throw new IllegalStateException(
          "%s names the environment variable %s, which is not set. Set it, or remove the channel's settings."
              .formatted(key, name));
    }
    return value.strip();
  }
}
