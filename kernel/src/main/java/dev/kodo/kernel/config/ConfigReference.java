package dev.kodo.kernel.config;

import java.util.Locale;

/** Writes the key table down: the commented first kodo.yml and the reference page. */
public final class ConfigReference {
  private ConfigReference() {}

  /** All keys with their defaults, commented out, so that the file says what can be said. */
  public static String template() {
    StringBuilder text =
        new StringBuilder(
            """
            # Settings of Kodo. Every line below shows a default; remove the leading "#" to change one.
            # Changes take effect at the next `kodo up`. Keys can be nested or dotted as here.
            # Durations: PT30M or 30m. Sizes: 1MB. Secrets never stand here: name a variable instead.
            """);
    String group = "";
    for (ConfigKey key : ConfigKey.values()) {
      if (!group(key).equals(group)) {
        group = group(key);
        text.append('\n');
      }
      text.append("# ").append(key.documentation()).append('\n');
      text.append('#').append(key.key()).append(':');
      text.append(key.defaultText().isEmpty() ? "" : " " + key.defaultText()).append('\n');
    }
    return text.toString();
  }

  /** The page docs/configuration.md. */
  public static String markdown() {
    StringBuilder text =
        new StringBuilder(
            """
            # Configuration

            The file is `KODO_HOME/kodo.yml` (default `~/.kodo/kodo.yml`). The first `kodo up` writes it with all defaults commented out.
            Keys may be nested or dotted. A wrong key or value stops the start with one sentence that names the line.
            This page is generated from the table in the code (`kodo reference configuration`); a test compares them.

            Two environment variables come before the file: `KODO_HOME` (the folder itself) and `KODO_CACHE` (where unpacked programs are kept, default `KODO_HOME/cache`).

            | key | default | value | meaning |
            |---|---|---|---|
            """);
    for (ConfigKey key : ConfigKey.values()) {
      text.append(
          String.format(
              Locale.ROOT,
              "| `%s` | %s | %s | %s |%n",
              key.key(),
              key.defaultText().isEmpty() ? "" : "`" + key.defaultText() + "`",
              key.form().description(),
              key.documentation()));
    }
    return text.toString();
  }

  private static String group(ConfigKey key) {
    int dot = key.key().indexOf('.');
    return dot < 0 ? "" : key.key().substring(0, dot);
  }
}
