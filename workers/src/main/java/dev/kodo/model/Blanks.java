package dev.kodo.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Texts without a word where one is asked for; no schema that all servers take can say that. */
final class Blanks {
  private Blanks() {}

  /** The end of a sentence that begins with "The answer". */
  static Optional<String> fault(ObjectNode answer, Class<?> type) {
    return Stream.of(type.getRecordComponents())
        .filter(each -> !AnswerSchema.optional(each) && !AnswerSchema.mayBeEmpty(each))
        .flatMap(each -> blank(answer.path(each.getName()), each.getName()))
        .findFirst()
        .map("has a blank '%s'"::formatted);
  }

  private static Stream<String> blank(JsonNode value, String place) {
    if (value.isTextual()) {
      return value.asText().isBlank() ? Stream.of(place) : Stream.empty();
    }
    if (value.isArray()) {
      return IntStream.range(0, value.size())
          .boxed()
          .flatMap(i -> blank(value.get(i), place + "[" + i + "]"));
    }
    return value.properties().stream()
        .map(Map.Entry::getKey)
        .flatMap(name -> blank(value.get(name), place + "." + name));
  }
}
