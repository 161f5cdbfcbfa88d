package dev.kodo.process.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The ids of all rules in the decision tables of this repository. */
final class DecisionRules {
  private static final Pattern RULE = Pattern.compile("<rule id=\"([^\"]+)\"");

  private DecisionRules() {}

  static Set<String> all() {
    Set<String> ids = new TreeSet<>();
    for (Path file : ProjectFiles.resources()) {
      if (file.toString().endsWith(".dmn")) {
        Matcher rules = RULE.matcher(read(file));
        while (rules.find()) {
          ids.add(rules.group(1));
        }
      }
    }
    return ids;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
