package dev.kodo.workspace;

import java.io.StringReader;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * The YAML lines at the head of a Markdown file, in order. Immutable. Reading never builds objects
 * from YAML: only plain values are taken, as text, within tight limits.
 */
public final class FrontMatter {
  private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9_-]*");
  private static final int LONGEST_HEAD = 64 * 1024;

  private final Map<String, String> rendered;
  private final Map<String, String> values;

  private FrontMatter(Map<String, String> rendered, Map<String, String> values) {
    this.rendered = rendered;
    this.values = values;
  }

  /** A file's head and what stands below it. */
  public record Document(FrontMatter head, String body) {}

  public static FrontMatter empty() {
    return new FrontMatter(Map.of(), Map.of());
  }

  public FrontMatter with(String key, @Nullable String value) {
    return value == null ? put(key, "null", null) : put(key, YamlText.scalar(value), value);
  }

  public FrontMatter with(String key, boolean value) {
    return put(key, Boolean.toString(value), Boolean.toString(value));
  }

  public FrontMatter with(String key, long value) {
    return put(key, Long.toString(value), Long.toString(value));
  }

  public FrontMatter with(String key, @Nullable BigDecimal value) {
    return value == null
        ? put(key, "null", null)
        : put(key, value.toPlainString(), value.toPlainString());
  }

  private FrontMatter put(String key, String text, @Nullable String value) {
    if (!KEY.matcher(key).matches()) {
      throw new IllegalArgumentException("Expected a key like 'duration_ms' but got '" + key + "'");
    }
    Map<String, String> newRendered = new LinkedHashMap<>(rendered);
    newRendered.put(key, text);
    Map<String, String> newValues = new LinkedHashMap<>(values);
    if (value == null) {
      newValues.remove(key);
    } else {
      newValues.put(key, value);
    }
    return new FrontMatter(newRendered, newValues);
  }

  /** A value as text; empty when the key is missing, null or not a plain value. */
  public Optional<String> get(String key) {
    return Optional.ofNullable(values.get(key));
  }

  /** All plain values as text, in order. */
  public Map<String, String> values() {
    return java.util.Collections.unmodifiableMap(values);
  }

  /** The whole file: this head, an empty line, {@code body}. */
  public String over(String body) {
    StringBuilder file = new StringBuilder("---\n");
    rendered.forEach((key, text) -> file.append(key).append(": ").append(text).append('\n'));
    return file.append("---\n\n").append(body.strip()).append('\n').toString();
  }

  /** Splits a file. A head that is missing, broken or too long is left in the body. */
  public static Document read(String text) {
    String[] parts = split(text);
    if (parts.length < 2) {
      return new Document(empty(), text);
    }
    try {
      return new Document(parse(parts[0]), parts[1]);
    } catch (YAMLException broken) {
      return new Document(empty(), text);
    }
  }

  private static String[] split(String text) {
    String[] none = {text};
    if (!text.startsWith("---\n") && !text.startsWith("---\r\n")) {
      return none;
    }
    int start = text.indexOf('\n') + 1;
    String searched = text.substring(0, Math.min(text.length(), LONGEST_HEAD));
    int line = start;
    while (line < searched.length()) {
      int end = searched.indexOf('\n', line);
      String content = searched.substring(line, end < 0 ? searched.length() : end).stripTrailing();
      if (content.equals("---")) {
        String body = end < 0 ? "" : text.substring(end + 1);
        return new String[] {text.substring(start, line), body.replaceFirst("^(\\r?\\n)+", "")};
      }
      if (end < 0) {
        return none;
      }
      line = end + 1;
    }
    return none;
  }

  private static FrontMatter parse(String yaml) {
    LoaderOptions limits = new LoaderOptions();
    limits.setCodePointLimit(LONGEST_HEAD);
    limits.setNestingDepthLimit(10);
    limits.setMaxAliasesForCollections(10);
    Map<String, String> rendered = new LinkedHashMap<>();
    Map<String, String> values = new LinkedHashMap<>();
    Node root = new Yaml(limits).compose(new StringReader(yaml));
    if (root instanceof MappingNode mapping) {
      for (NodeTuple tuple : mapping.getValue()) {
        if (tuple.getKeyNode() instanceof ScalarNode key
            && tuple.getValueNode() instanceof ScalarNode value
            && KEY.matcher(key.getValue()).matches()
            && !isNull(value)) {
          rendered.put(key.getValue(), YamlText.scalar(value.getValue()));
          values.put(key.getValue(), value.getValue());
        }
      }
    }
    return new FrontMatter(rendered, values);
  }

  private static boolean isNull(ScalarNode value) {
    return value.isPlain()
        && (value.getValue().isEmpty()
            || value.getValue().equals("null")
            || value.getValue().equals("~"));
  }
}
