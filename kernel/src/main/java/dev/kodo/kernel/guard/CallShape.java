package dev.kodo.kernel.guard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/** The checks that all wire formats share; collects the text of the prompt on the way. */
final class CallShape {
  private static final long MOST_TOKENS = 1_000_000;

  private final ObjectNode call;
  private final StringBuilder prompt = new StringBuilder();

  CallShape(ObjectNode call) {
    this.call = call;
  }

  ObjectNode call() {
    return call;
  }

  /** Unknown fields could cost money, so only known ones pass. */
  static void allow(JsonNode object, String place, Set<String> fields) throws CallRefused {
    if (!object.isObject()) {
      throw malformed(place, "an object");
    }
    for (var names = object.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!fields.contains(name)) {
        throw refused(place.isEmpty() ? name : place + "." + name);
      }
    }
  }

  /** An offer of no tools is as good as none; some libraries always send it. */
  static void requireEmpty(JsonNode call, String name) throws CallRefused {
    JsonNode value = call.path(name);
    if (!value.isMissingNode() && !value.isNull() && !(value.isArray() && value.isEmpty())) {
      throw refused(name);
    }
  }

  String model() throws CallRefused {
    return text(call.path("model"), "model");
  }

  boolean flag(String name, boolean absent) throws CallRefused {
    JsonNode value = call.path(name);
    if (value.isMissingNode()) {
      return absent;
    }
    if (!value.isBoolean()) {
      throw malformed(name, "true or false");
    }
    return value.booleanValue();
  }

  /** The bound on the answer's tokens; absent ones are -1. */
  static long bound(JsonNode value, String name) throws CallRefused {
    if (value.isMissingNode()) {
      return -1;
    }
    if (!value.isIntegralNumber()
        || !value.canConvertToLong()
        || value.longValue() < 1
        || value.longValue() > MOST_TOKENS) {
      throw new CallRefused(
          GuardCode.BOUND_MISSING,
          "Expected `" + name + "` to be a whole number from 1 to " + MOST_TOKENS + ".");
    }
    return value.longValue();
  }

  static long requireBound(long bound, String name) throws CallRefused {
    if (bound < 0) {
      throw new CallRefused(
          GuardCode.BOUND_MISSING,
          "Expected `" + name + "` to bound the answer, but it is missing.");
    }
    return bound;
  }

  /** Takes a text into the prompt. */
  String take(JsonNode value, String place) throws CallRefused {
    String text = text(value, place);
    prompt.append(prompt.isEmpty() ? "" : "\n\n").append(text);
    return text;
  }

  /**
   * Takes a message's content: a text, or parts that are all texts. Pictures and files are refused,
   * as no length in bytes bounds their tokens.
   *
   * @return the first text
   */
  String takeContent(JsonNode content, String place) throws CallRefused {
    if (!content.isArray()) {
      return take(content, place);
    }
    String first = "";
    for (int i = 0; i < content.size(); i++) {
      JsonNode part = content.get(i);
      String where = place + "[" + i + "]";
      allow(part, where, Set.of("type", "text"));
      if (!text(part.path("type"), where + ".type").equals("text")) {
        throw refused(where + ".type");
      }
      String text = take(part.path("text"), where + ".text");
      first = i == 0 ? text : first;
    }
    return first;
  }

  JsonNode messages() throws CallRefused {
    JsonNode messages = call.path("messages");
    if (!messages.isArray() || messages.isEmpty()) {
      throw malformed("messages", "a list with a message");
    }
    return messages;
  }

  /** A role after the leading one. */
  static void requireTurn(JsonNode message, String place) throws CallRefused {
    String role = text(message.path("role"), place + ".role");
    if (!role.equals("user") && !role.equals("assistant")) {
      throw refused(place + ".role");
    }
  }

  static void requireLayer0(String text, String constitution) throws CallRefused {
    if (!text.startsWith(constitution)) {
      throw layer0();
    }
  }

  static CallRefused layer0() {
    return new CallRefused(
        GuardCode.LAYER_0_MISSING,
        "Expected the system text to begin with the constitution, byte for byte, but it does not.");
  }

  Inspection inspection(String model, long maxOutputTokens, boolean streaming) {
    String text = prompt.toString();
    TokenFloor floor = new TokenFloor();
    floor.add(text);
    return new Inspection(model, maxOutputTokens, streaming, floor.tokens(), text);
  }

  private static String text(JsonNode value, String place) throws CallRefused {
    if (!value.isTextual()) {
      throw malformed(place, "a text");
    }
    return value.textValue();
  }

  static CallRefused malformed(String place, String expected) {
    return new CallRefused(
        GuardCode.CALL_MALFORMED, "Expected `" + place + "` to be " + expected + ".");
  }

  static CallRefused refused(String place) {
    String shown = place.length() <= 100 ? place : place.substring(0, 100) + "…";
    return new CallRefused(
        GuardCode.FIELD_REFUSED, "Expected only known fields, but there is `" + shown + "`.");
  }
}
