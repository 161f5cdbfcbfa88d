package dev.kodo.model.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Where a wire format reports tokens. A report that makes no sense becomes zero, so that an answer
 * which is already paid for is not lost because of its bookkeeping.
 *
 * @param object field that holds the counts; empty for the top level
 * @param names the counts themselves
 */
public record TokenCounts(String object, List<String> names) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public TokenCounts {
    names = List.copyOf(names);
  }

  /** The same text when nothing is wrong with its counts, or when it is no JSON object. */
  String corrected(String body) {
    try {
      return JSON.readTree(body) instanceof ObjectNode answer && correct(answer)
          ? answer.toString()
          : body;
    } catch (JsonProcessingException notJson) {
      return body;
    }
  }

  private boolean correct(ObjectNode answer) {
    ObjectNode counts = answer;
    boolean changed = false;
    if (!object.isEmpty()) {
      changed = !answer.path(object).isObject();
      counts = changed ? answer.putObject(object) : (ObjectNode) answer.path(object);
    }
    for (String name : names) {
      JsonNode count = counts.path(name);
      if (!count.isInt() || count.intValue() < 0) {
        counts.put(name, 0);
        changed = true;
      }
    }
    return changed;
  }
}
