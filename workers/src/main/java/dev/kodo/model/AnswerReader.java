package dev.kodo.model;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Set;
import java.util.stream.Collectors;
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
    if (answer.fault() != null) {
      return new Reading.Invalid<>(answer.fault());
    }
    @Nullable Cut cut = Cut.of(answer.cut());
    return switch (jsonInText.find(answer.text(), cut != null)) {
      case JsonInText.None none ->
          new Reading.Invalid<>(cut == null ? "holds no complete JSON object" : cut.fault());
      case JsonInText.Several several -> new Reading.Invalid<>("holds more than one JSON object");
      case JsonInText.One one ->
          switch (AnswerForm.of(one, cut, question)) {
            case AnswerForm.Fit fit -> mapped(fit, question.answerType());
            case AnswerForm.Unfit unfit ->
                new Reading.Invalid<>(Characters.excerpt(unfit.fault(), LONGEST_FAULT));
          };
    };
  }

  /**
   * The keywords of the schema that an answer breaks: a server to which they were sent does not
   * enforce them. Empty for an answer that was cut, since its end is missing.
   */
  Set<String> broken(RawAnswer answer, Question<?> question) {
    if (answer.fault() != null || answer.cut() != null) {
      return Set.of();
    }
    return jsonInText.find(answer.text(), false) instanceof JsonInText.One one
        ? new SchemaCheck(question).broken(one.object())
        : Set.of("type");
  }

  private <A extends Record> Reading<A> mapped(AnswerForm.Fit fit, Class<A> type) {
    try {
      return new Reading.Valid<>(json.convertValue(fit.object(), type), fit.cut());
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
}
