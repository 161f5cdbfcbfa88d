package dev.kodo.model;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Turns what a model said into the record that was asked for, or says why it cannot. */
final class AnswerReader {
  private static final int LONGEST_FAULT = 200;

  private final JsonInText jsonInText = new JsonInText();
  private final ObjectMapper json =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  <A extends Record> Reading<A> read(RawAnswer answer, Question<A> question) {
    Class<A> type = question.answerType();
    if (answer.fault() != null) {
      return new Reading.Invalid<>(answer.fault());
    }
    List<ObjectNode> objects = jsonInText.objects(answer.text());
    if (objects.size() != 1) {
      return new Reading.Invalid<>(
          objects.isEmpty() ? "holds no complete JSON object" : "holds more than one JSON object");
    }
    ObjectNode object = objects.getFirst();
    clean(object);
    return fault(object, type, "")
        .<Reading<A>>map(Reading.Invalid::new)
        .orElseGet(() -> mapped(object, type));
  }

  private <A extends Record> Reading<A> mapped(ObjectNode object, Class<A> type) {
    try {
      return new Reading.Valid<>(json.convertValue(object, type), null);
    } catch (IllegalArgumentException unfit) {
      return new Reading.Invalid<>(Characters.excerpt(reason(unfit), LONGEST_FAULT));
    }
  }

  /** Never Jackson's own message: it repeats the answer. */
  private static String reason(IllegalArgumentException unfit) {
    @Nullable Throwable cause = unfit.getCause();
    @Nullable Throwable thrown = cause == null ? null : cause.getCause();
    if (thrown instanceof IllegalArgumentException refused && refused.getMessage() != null) {
      return "was refused: " + refused.getMessage();
    }
    return cause instanceof JsonMappingException mapping
        ? "has a value of the wrong type in '%s'".formatted(path(mapping))
        : "does not fit its schema";
  }

  private static String path(JsonMappingException mapping) {
    return mapping.getPath().stream()
        .map(
            step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
        .collect(Collectors.joining("."));
  }

  /** The first required component that is missing or blank. */
  private static Optional<String> fault(JsonNode object, Class<?> type, String path) {
    return Stream.of(type.getRecordComponents())
        .flatMap(component -> fault(object, component, path).stream())
        .findFirst();
  }

  private static Optional<String> fault(JsonNode object, RecordComponent component, String path) {
    String name = path + component.getName();
    JsonNode value = object.path(component.getName());
    if (value.isMissingNode() || value.isNull()) {
      return AnswerSchema.optional(component)
          ? Optional.empty()
          : Optional.of("lacks '" + name + "'");
    }
    if (value.isTextual() && value.asText().isBlank() && !AnswerSchema.optional(component)) {
      return Optional.of("has a blank '" + name + "'");
    }
    return nested(value, component.getGenericType(), name);
  }

  private static Optional<String> nested(JsonNode value, Type type, String name) {
    if (type instanceof Class<?> plain && plain.isRecord()) {
      return value.isObject()
          ? fault(value, plain, name + ".")
          : Optional.of("has no object in '" + name + "'");
    }
    if (type instanceof ParameterizedType list && value.isArray()) {
      return nestedInList(value, list.getActualTypeArguments()[0], name);
    }
    return Optional.empty();
  }

  private static Optional<String> nestedInList(JsonNode list, Type item, String name) {
    for (int i = 0; i < list.size(); i++) {
      String at = name + "[" + i + "]";
      Optional<String> fault =
          list.get(i).isNull() ? Optional.of("lacks '" + at + "'") : nested(list.get(i), item, at);
      if (fault.isPresent()) {
        return fault;
      }
    }
    return Optional.empty();
  }

  /** Escapes in JSON can spell what {@link RawAnswer} has already removed from the text. */
  private static void clean(JsonNode node) {
    switch (node) {
      case ObjectNode object ->
          object
              .properties()
              .forEach(
                  field -> {
                    if (field.getValue() instanceof TextNode text) {
                      field.setValue(TextNode.valueOf(Characters.printable(text.asText())));
                    } else {
                      clean(field.getValue());
                    }
                  });
      case ArrayNode array -> {
        for (int i = 0; i < array.size(); i++) {
          if (array.get(i) instanceof TextNode text) {
            array.set(i, TextNode.valueOf(Characters.printable(text.asText())));
          } else {
            clean(array.get(i));
          }
        }
      }
      default -> {}
    }
  }
}
