package dev.kodo.kernel.guard;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * JSON that every parser reads in the same way. The provider reads what the guard has read, so
 * whatever two parsers could read in two ways is refused: keys that come twice, a second document,
 * bytes that are not UTF-8, a byte order mark, plain letters written as escapes in a key.
 */
final class StrictJson {
  private static final int DEEPEST = 100;

  /** What Java puts in the place of bytes that are not UTF-8. */
  private static final char REPLACEMENT = '\uFFFD';

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final StreamReadConstraints CONSTRAINTS =
      StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build();
  private static final JsonFactory STRICT =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(CONSTRAINTS)
          .build();
  private static final JsonFactory PLAIN =
      JsonFactory.builder().streamReadConstraints(CONSTRAINTS).build();

  private StrictJson() {}

  /** The one object in the bytes. */
  static ObjectNode request(byte[] bytes) throws CallRefused {
    String text = text(bytes);
    try (JsonParser parser = STRICT.createParser(text)) {
      JsonToken first = parser.nextToken();
      if (first != JsonToken.START_OBJECT) {
        throw malformed("the body is no JSON object");
      }
      ObjectNode object = object(parser, text);
      if (parser.nextToken() != null) {
        throw malformed("something follows the JSON object");
      }
      return object;
    } catch (IOException e) {
      // The parser's own message would repeat what was sent.
      throw malformed("the body is not strict JSON");
    }
  }

  /** What a provider sent; read as most programs would. */
  static JsonNode answer(String text) throws IOException {
    try (JsonParser parser = PLAIN.createParser(text)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw new IOException("Expected JSON, but got nothing");
      }
      return value(parser, first, null);
    } catch (CallRefused never) {
      throw new IOException("Expected JSON", never);
    }
  }

  private static String text(byte[] bytes) throws CallRefused {
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (text.indexOf(REPLACEMENT) >= 0) {
      text = strictly(bytes);
    }
    if (text.startsWith("\uFEFF")) {
      throw malformed("the body begins with a byte order mark");
    }
    return text;
  }

  /**
   * The character may have been sent, or stand for bytes that are none; the quick way is silent.
   */
  private static String strictly(byte[] bytes) throws CallRefused {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes))
          .toString();
    } catch (CharacterCodingException e) {
      throw malformed("the body is not UTF-8");
    }
  }

  private static JsonNode value(
      JsonParser parser, JsonToken token, @org.jspecify.annotations.Nullable String source)
      throws IOException, CallRefused {
    return switch (token) {
      case START_OBJECT -> object(parser, source);
      case START_ARRAY -> array(parser, source);
      case VALUE_NUMBER_INT -> NODES.numberNode(parser.getBigIntegerValue());
      case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDoubleValue());
      case VALUE_TRUE -> NODES.booleanNode(true);
      case VALUE_FALSE -> NODES.booleanNode(false);
      case VALUE_NULL -> NODES.nullNode();
      default -> NODES.textNode(parser.getText());
    };
  }

  private static ObjectNode object(
      JsonParser parser, @org.jspecify.annotations.Nullable String source)
      throws IOException, CallRefused {
    ObjectNode object = NODES.objectNode();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      if (source != null) {
        requirePlain(name, source, (int) parser.currentTokenLocation().getCharOffset());
      }
      object.set(name, value(parser, parser.nextToken(), source));
    }
    return object;
  }

  private static ArrayNode array(
      JsonParser parser, @org.jspecify.annotations.Nullable String source)
      throws IOException, CallRefused {
    ArrayNode array = NODES.arrayNode();
    for (JsonToken t = parser.nextToken(); t != JsonToken.END_ARRAY; t = parser.nextToken()) {
      array.add(value(parser, t, source));
    }
    return array;
  }

  /** A key of plain letters has no reason to be written with escapes, except to be overlooked. */
  private static void requirePlain(String name, String source, int quote) throws CallRefused {
    boolean plain = name.chars().allMatch(c -> c > 0x20 && c < 0x7f && c != '"' && c != '\\');
    if (plain && !source.regionMatches(quote + 1, name, 0, name.length())) {
      throw malformed("the key `" + name + "` is written with escapes");
    }
  }

  private static CallRefused malformed(String why) {
    return new CallRefused(GuardCode.CALL_MALFORMED, "Expected a call as JSON, but " + why + ".");
  }
}
