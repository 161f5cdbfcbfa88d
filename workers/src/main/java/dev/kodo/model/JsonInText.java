package dev.kodo.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the JSON object in text that a model has put around it. */
final class JsonInText {
  private static final int DEEPEST = 32;

  /** Bounds the work on a text that is full of braces. */
  private static final int MOST_ATTEMPTS = 200;

  /** Models that no schema holds write line breaks into texts; what is meant is plain. */
  private final ObjectMapper json =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                  .build())
          .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
          .build();

  /** What was found. */
  sealed interface Found {}

  record None() implements Found {}

  record Several() implements Found {}

  /**
   * @param whole whether the object ends; else its members are those up to the cut
   * @param open the member whose text was being written at the cut; null when it was none
   */
  record One(ObjectNode object, boolean whole, @Nullable String open) implements Found {}

  /**
   * @param cut whether the text was cut, so that an object without an end is looked at too
   */
  Found find(String answer, boolean cut) {
    String text = withoutThoughts(answer);
    if (cut) {
      int at = text.indexOf('{');
      return at < 0 ? new None() : unfinished(text.substring(at));
    }
    List<ObjectNode> objects = objects(text);
    return switch (objects.size()) {
      case 0 -> new None();
      case 1 -> new One(objects.getFirst(), true, null);
      default -> new Several();
    };
  }

  private Found unfinished(String text) {
    CutJson closed = CutJson.closed(text);
    return object(closed.text())
        .<Found>map(object -> new One(object, closed.whole(), closed.open()))
        .orElseGet(None::new);
  }

  private Optional<ObjectNode> object(String text) {
    List<ObjectNode> found = new ArrayList<>();
    read(text, 0, found);
    return found.stream().findFirst();
  }

  /** The objects that stand in the text, at most two: more than one is already too many. */
  private List<ObjectNode> objects(String text) {
    List<ObjectNode> found = new ArrayList<>();
    int at = text.indexOf('{');
    for (int attempt = 0; at >= 0 && attempt < MOST_ATTEMPTS && found.size() < 2; attempt++) {
      at = text.indexOf('{', read(text, at, found));
    }
    return found;
  }

  /** Where to look on: behind the object that was read, or behind the brace that began none. */
  private int read(String text, int at, List<ObjectNode> found) {
    try (JsonParser parser = json.createParser(new StringReader(text.substring(at)))) {
      ObjectNode object = json.readTree(parser);
      found.add(object);
      return at + Math.toIntExact(parser.currentLocation().getCharOffset());
    } catch (IOException notJson) {
      return at + 1;
    }
  }

  /**
   * Some models think aloud before they answer; what they consider there is not the answer. Some
   * templates write the opening mark themselves, so that only the closing one is said.
   */
  private static String withoutThoughts(String answer) {
    String start = answer.stripLeading();
    int end = answer.lastIndexOf("</think>");
    if (start.startsWith("<think>")) {
      return end < 0 ? "" : answer.substring(end + "</think>".length());
    }
    return end < 0 || start.startsWith("{") ? answer : answer.substring(end + "</think>".length());
  }
}
