package dev.kodo.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;

/** Finds JSON objects in text that a model has put around them. */
final class JsonInText {
  private static final int DEEPEST = 32;

  /** Bounds the work on a text that is full of braces. */
  private static final int MOST_ATTEMPTS = 200;

  private final ObjectMapper json =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                  .build())
          .build();

  /** The objects that stand in the text, at most two: more than one is already too many. */
  List<ObjectNode> objects(String answer) {
    String text = withoutThoughts(answer);
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

  /** Some models think aloud before they answer; what they consider there is not the answer. */
  private static String withoutThoughts(String answer) {
    String end = "</think>";
    boolean thinks = answer.stripLeading().startsWith("<think>");
    int at = thinks ? answer.lastIndexOf(end) : -1;
    return at < 0 ? answer : answer.substring(at + end.length());
  }
}
