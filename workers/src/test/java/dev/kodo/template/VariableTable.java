package dev.kodo.template;

import dev.kodo.testing.SourceTree;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What docs/variables.md says about each variable. */
final class VariableTable {
  private static final Pattern ROW =
      Pattern.compile("^\\| `(\\w+)` \\| (.+) \\|$", Pattern.MULTILINE);

  private VariableTable() {}

  /** Meaning by name. */
  static Map<String, String> read() {
    Map<String, String> meanings = new TreeMap<>();
    ROW.matcher(SourceTree.find().read("docs/variables.md"))
        .results()
        .forEach(row -> meanings.put(row.group(1), row.group(2)));
    return Collections.unmodifiableMap(meanings);
  }
}
