package dev.kodo.model.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Takes empty lists out of a request. LangChain4j writes {@code "tools": []} where nobody asked for
 * tools, and the guard lets no field pass that is not needed.
 */
final class LeanRequest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private LeanRequest() {}

  /**
   * @throws IllegalArgumentException when the body is no JSON object
   */
  static String of(String body) {
    try {
      ObjectNode request = (ObjectNode) JSON.readTree(body);
      return request
              .properties()
              .removeIf(field -> field.getValue().isArray() && field.getValue().isEmpty())
          ? request.toString()
          : body;
    } catch (JsonProcessingException | ClassCastException defect) {
      throw new IllegalArgumentException("Expected a JSON object to send", defect);
    }
  }
}
