package dev.kodo.model.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Takes out of a request what LangChain4j writes unasked: {@code "tools": []} where nobody asked
 * for tools, since the guard lets no field pass that is not needed, and the wish for usage in a
 * stream, where an endpoint does not know it.
 */
final class LeanRequest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private LeanRequest() {}

  /**
   * @throws IllegalArgumentException when the body is no JSON object
   */
  static String of(String body, Words words) {
    try {
      ObjectNode request = (ObjectNode) JSON.readTree(body);
      boolean changed =
          request
              .properties()
              .removeIf(field -> field.getValue().isArray() && field.getValue().isEmpty());
      if (!words.streamOptions() && request.remove("stream_options") != null) {
        changed = true;
      }
      return changed ? request.toString() : body;
    } catch (JsonProcessingException | ClassCastException defect) {
      throw new IllegalArgumentException("Expected a JSON object to send", defect);
    }
  }
}
