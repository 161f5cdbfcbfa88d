package dev.kodo.kernel.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.kodo.kernel.problem.Problem;
import dev.kodo.kernel.problem.ProblemCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a settings file: nested or dotted keys, each remembered with its line. */
public final class ConfigReader {

  /**
   * A value as written, with the line it stands on.
   *
   * @param text of a list: its items with commas between them
   * @param items of a list; of any other value the text alone
   */
  public record Entry(String text, List<String> items, int line) {
    public Entry {
      items = List.copyOf(items);
    }

    /**
     * A problem about this value.
     *
     * @param expected goes on after the key, such as "to be true or false"
     */
    public Problem bad(Path file, String key, String expected) {
      return new Problem(
          ProblemCode.CONFIG_BAD_VALUE,
          "Expected `%s` in %s line %d %s, but it is `%s`."
              .formatted(key, file, line, expected, text),
          "Correct that line; docs/%s shows the form.".formatted(page(file)));
    }

    /**
     * A problem about this key.
     *
     * @param word the part of the key that is wrong
     * @param known what could stand in its place
     */
    public Problem unknown(Path file, String key, String word, Collection<String> known) {
      return new Problem(
          ProblemCode.CONFIG_UNKNOWN_KEY,
          "Expected a known key in %s line %d, but `%s` is none; the nearest is `%s`."
              .formatted(file, line, key, NearestKey.of(word, known).orElse("-")),
          "Correct or remove that line; docs/%s lists all keys.".formatted(page(file)));
    }

    private static String page(Path file) {
      return switch (String.valueOf(file.getFileName())) {
        case "models.yml" -> "models.md";
        case "kodo.yml" -> "configuration.md";
        default -> "budget.md";
      };
    }
  }

  private final Path file;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  private ConfigReader(Path file) {
    this.file = file;
  }

  static Map<String, Entry> read(Path file) {
    try {
      return read(file, Files.readString(file));
    } catch (IOException e) {
      throw new ConfigReader(file).unreadable(String.valueOf(e.getMessage()), e);
    }
  }

  /** Reads a text; the file is only named in the problem that a broken text throws. */
  public static Map<String, Entry> read(Path file, String text) {
    ConfigReader reader = new ConfigReader(file);
    try (JsonParser parser = new YAMLFactory().createParser(text)) {
      reader.document(parser);
    } catch (JsonProcessingException e) {
      throw reader.unreadable("line " + e.getLocation().getLineNr() + " is not valid YAML", e);
    } catch (IOException e) {
      throw reader.unreadable(String.valueOf(e.getMessage()), e);
    }
    return reader.entries;
  }

  private void document(JsonParser parser) throws IOException {
    JsonToken first = parser.nextToken();
    if (first == null || first == JsonToken.VALUE_NULL) {
      return;
    }
    if (first != JsonToken.START_OBJECT) {
      throw unreadable("line 1: expected lines of the form `key: value`", null);
    }
    object(parser, "");
    JsonToken more = parser.nextToken();
    if (more != null) {
      throw unreadable("line " + line(parser) + " starts a second document", null);
    }
  }

  private void object(JsonParser parser, String prefix) throws IOException {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = prefix + parser.currentName();
      int line = line(parser);
      JsonToken value = parser.nextToken();
      if (value == JsonToken.START_OBJECT) {
        object(parser, key + ".");
      } else {
        List<String> items =
            value == JsonToken.START_ARRAY ? list(parser, key) : List.of(scalar(parser));
        if (entries.put(key, new Entry(String.join(",", items), items, line)) != null) {
          throw unreadable("line " + line + " repeats the key `" + key + "`", null);
        }
      }
    }
  }

  private List<String> list(JsonParser parser, String key) throws IOException {
    List<String> values = new ArrayList<>();
    for (JsonToken t = parser.nextToken(); t != JsonToken.END_ARRAY; t = parser.nextToken()) {
      if (!t.isScalarValue()) {
        throw unreadable("line " + line(parser) + ": expected a plain list in `" + key + "`", null);
      }
      values.add(scalar(parser));
    }
    return values;
  }

  private static String scalar(JsonParser parser) throws IOException {
    return parser.currentToken() == JsonToken.VALUE_NULL ? "" : parser.getText();
  }

  private static int line(JsonParser parser) {
    return parser.currentTokenLocation().getLineNr();
  }

  private Problem unreadable(String detail, @org.jspecify.annotations.Nullable Exception cause) {
    return new Problem(
        ProblemCode.CONFIG_UNREADABLE,
        "Expected " + file + " to be readable YAML, but " + detail + ".",
        ProblemCode.CONFIG_UNREADABLE.next(),
        cause);
  }
}
