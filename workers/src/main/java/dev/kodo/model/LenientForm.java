package dev.kodo.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Brings an answer nearer to its schema where its meaning is plain, for servers that do not enforce
 * one: other members go, short texts are shortened, a value of an enum gets the letters in which it
 * was offered.
 */
final class LenientForm {
  private static final Pattern WHOLE_NUMBER = Pattern.compile("-?\\d{1,9}");

  private LenientForm() {}

  static void bring(ObjectNode answer, Question<?> question) {
    clean(answer);
    List<RecordComponent> components =
        Stream.of(question.answerType().getRecordComponents())
            .filter(component -> !AnswerSchema.offersNothing(component, question))
            .toList();
    answer.retain(components.stream().map(RecordComponent::getName).collect(Collectors.toSet()));
    components.forEach(component -> bring(answer, component, question));
  }

  private static void bring(ObjectNode answer, RecordComponent component, Question<?> question) {
    String name = component.getName();
    @Nullable JsonNode value = answer.get(name);
    @Nullable Brief brief = component.getAnnotation(Brief.class);
    boolean empty = value == null || value.isNull();
    if (empty && AnswerSchema.mayBeEmpty(component)) {
      answer.put(name, "");
    } else if (empty && AnswerSchema.optional(component)) {
      answer.putNull(name);
    } else if (value instanceof TextNode text && brief != null) {
      answer.put(name, ShortText.of(text.asText(), brief.longest()));
    } else if (value instanceof TextNode text && component.isAnnotationPresent(Choice.class)) {
      answer.put(name, permitted(text.asText(), question.choices().getOrDefault(name, List.of())));
    } else if (value != null && component.getType() == int.class) {
      answer.set(name, whole(value));
    }
  }

  private static String permitted(String said, List<String> values) {
    String plain = Sentence.plainWords(said);
    return values.stream()
        .filter(value -> value.equals(said))
        .findFirst()
        .or(() -> only(values.stream().filter(value -> Sentence.plainWords(value).equals(plain))))
        .orElse(said);
  }

  private static Optional<String> only(Stream<String> values) {
    List<String> all = values.toList();
    return all.size() == 1 ? Optional.of(all.getFirst()) : Optional.empty();
  }

  private static JsonNode whole(JsonNode value) {
    if (value.isTextual() && WHOLE_NUMBER.matcher(value.asText().strip()).matches()) {
      return IntNode.valueOf(Integer.parseInt(value.asText().strip()));
    }
    boolean roundly = value.isDouble() && value.canConvertToExactIntegral();
    return roundly && value.canConvertToInt() ? IntNode.valueOf(value.intValue()) : value;
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
