package dev.kodo.model.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * The tokens that an answer in OpenAI's format reports when it comes all at once. A report that
 * makes no sense becomes zero, so that an answer which is already paid for is not lost because of
 * its bookkeeping.
 */
final class TokenCounts {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> NAMES =
      List.of("prompt_tokens", "completion_tokens", "total_tokens");

  private TokenCounts() {}

  /** The same text when nothing is wrong with its counts, or when it is no JSON object. */
  static String corrected(String body) {
    try {
      return JSON.readTree(body) instanceof ObjectNode answer && correct(answer)
          ? answer.toString()
          : body;
    } catch (JsonProcessingException notJson) {
      return body;
    }
  }

  private static boolean correct(ObjectNode answer) {
    boolean changed = !answer.path("usage").isObject();
    ObjectNode counts = changed ? answer.putObject("usage") : (ObjectNode) answer.path("usage");
    for (String name : NAMES) {
      JsonNode count = counts.path(name);
      if (!count.isInt() || count.intValue() < 0) {
        counts.put(name, 0);
        changed = true;
      }
    }
    return changed;
  }
}
