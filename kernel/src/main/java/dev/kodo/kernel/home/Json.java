package dev.kodo.kernel.home;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** JSON as trees: short commands must not pay for data binding. */
public final class Json {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  public static JsonNode parse(String text) throws IOException {
    return MAPPER.readTree(text);
  }

  /** Empty when the file is missing or does not hold JSON (yet). */
  public static Optional<JsonNode> read(Path file) {
    try {
      return Files.exists(file)
          ? Optional.ofNullable(MAPPER.readTree(Files.readString(file)))
              .filter(JsonNode::isContainerNode)
          : Optional.empty();
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  public static String print(JsonNode node) {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Expected a tree to be printable", e);
    }
  }
}
