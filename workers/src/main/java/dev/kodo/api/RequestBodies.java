package dev.kodo.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of a request that does something which cannot be taken back, so strictly that a
 * slip of the pen is refused instead of read as "no".
 */
final class RequestBodies {
  private static final ObjectMapper STRICT =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .build();

  private RequestBodies() {}

  /**
   * The body as a record.
   *
   * @throws RequestInvalid when it is no JSON object, or has a field that is unknown or misspelt
   */
  static <T extends Record> T read(String body, Class<T> type) {
    try {
      T read = STRICT.readValue(body, type);
      if (read == null) {
        throw new RequestInvalid("Expected a JSON object as the body but got null.");
      }
      return read;
    } catch (UnrecognizedPropertyException unknown) {
      throw new RequestInvalid(
          "Expected only the fields %s but got '%s'."
              .formatted(unknown.getKnownPropertyIds(), unknown.getPropertyName()));
    } catch (JsonMappingException mismatch) {
      String field =
          mismatch.getPath().stream()
              .map(JsonMappingException.Reference::getFieldName)
              .collect(Collectors.joining("."));
      throw new RequestInvalid(
          field.isEmpty()
              ? "Expected a JSON object as the body."
              : "The field '%s' has a value of the wrong kind.".formatted(field));
    } catch (JsonProcessingException noJson) {
      throw new RequestInvalid("The body is not JSON.");
    }
  }

  /** A field without which nothing can be done. */
  static <T> T required(String field, @Nullable T value) {
    if (value == null) {
      throw new RequestInvalid("The body lacks the field '%s'.".formatted(field));
    }
    return value;
  }

  /** A text of limited length, without NUL and halves of characters: PostgreSQL stores neither. */
  static @Nullable String text(String field, @Nullable String value, int longest) {
    if (value == null) {
      return null;
    }
    String clean =
        value
            .codePoints()
            .filter(point -> point != 0 && Character.getType(point) != Character.SURROGATE)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    if (clean.length() > longest) {
      throw new RequestInvalid(
          "Expected at most %d characters in '%s' but got %d."
              .formatted(longest, field, clean.length()));
    }
    return clean;
  }
}
