package dev.kodo.kernel.guard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;

/**
 * The checks that all wire formats share; collects and defuses the text of the prompt on the way.
 */
final class CallShape {
  private static final long MOST_TOKENS = 1_000_000;

  private final ObjectNode call;
  private final Set<String> partFields;
  private final StringBuilder prompt = new StringBuilder();
  private final TurnMarks marks = new TurnMarks();
  private boolean schema;
  private boolean cacheMarks;

  CallShape(ObjectNode call) {
    this(call, Set.of("type", "text"));
  }

  /**
   * @param partFields what a part of a message's content may have
   */
  CallShape(ObjectNode call, Set<String> partFields) {
    this.call = call;
    this.partFields = partFields;
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

  /**
   * Takes a message's content into the prompt: a text, or parts that are all texts. Pictures and
   * files are refused, as no length in bytes bounds their tokens. Turn marks are defused in the
   * call itself.
   *
   * @param lead the text that must lead and stays as it is, or empty
   */
  void takeContent(ObjectNode message, String name, String place, String lead) throws CallRefused {
    JsonNode content = message.path(name);
    if (!content.isArray()) {
      message.put(name, take(content, place, lead, ""));
      return;
    }
    if (content.isEmpty() && !lead.isEmpty()) {
      throw layer0();
    }
    String before = "";
    for (int i = 0; i < content.size(); i++) {
      JsonNode part = content.get(i);
      String where = place + "[" + i + "]";
      allow(part, where, partFields);
      if (!text(part.path("type"), where + ".type").equals("text")) {
        throw refused(where + ".type");
      }
      if (part.has("cache_control")) {
        takeCacheMark(part.path("cache_control"), where + ".cache_control");
      }
      String safe = take(part.path("text"), where + ".text", i == 0 ? lead : "", before);
      ((ObjectNode) part).put("text", safe);
      before = TurnMarks.end(before + safe.strip());
    }
  }

  private String take(JsonNode value, String place, String lead, String before) throws CallRefused {
    String text = text(value, place);
    if (!text.startsWith(lead)) {
      throw layer0();
    }
    String safe =
        lead + marks.defusedBehind(lead.isEmpty() ? before : lead, text.substring(lead.length()));
    prompt.append(prompt.isEmpty() ? "" : "\n\n").append(safe);
    return safe;
  }

  /** Some templates write the schema into the prompt, so its texts are treated like messages. */
  void takeSchema(String field) throws CallRefused {
    schema |= call.has(field);
    if (call.path(field).isTextual()) {
      call.put(field, marks.defused(call.path(field).textValue()));
    }
    defuse(call.path(field));
  }

  /** Some chat templates write such a word into the prompt, so it is no more than a word. */
  static void requireWord(JsonNode value, String name) throws CallRefused {
    if (!value.isMissingNode() && !value.asText().matches("[a-z]{1,10}")) {
      throw refused(name);
    }
  }

  private void defuse(JsonNode node) throws CallRefused {
    if (node instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> entry : object.properties()) {
        if (!marks.defused(entry.getKey()).equals(entry.getKey())) {
          throw malformed("a name in the schema", "free of turn marks");
        }
        if (entry.getValue().isTextual()) {
          entry.setValue(object.textNode(marks.defused(entry.getValue().textValue())));
        }
        defuse(entry.getValue());
      }
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        if (array.get(i).isTextual()) {
          array.set(i, array.textNode(marks.defused(array.get(i).textValue())));
        }
        defuse(array.get(i));
      }
    }
  }

  /** Exactly this one of Anthropic's marks has a price that the guard knows. */
  private void takeCacheMark(JsonNode mark, String place) throws CallRefused {
    if (mark.size() != 1 || !mark.path("type").asText().equals("ephemeral")) {
      throw refused(place);
    }
    cacheMarks = true;
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

  static CallRefused layer0() {
    return new CallRefused(
        GuardCode.LAYER_0_MISSING,
        "Expected the system text to begin with the constitution, byte for byte, but it does not.");
  }

  Inspection inspection(String model, long maxOutputTokens, boolean streaming) {
    String text = prompt.toString();
    TokenFloor floor = new TokenFloor();
    floor.add(text);
    return new Inspection(
        model,
        maxOutputTokens,
        streaming,
        floor.tokens(),
        text,
        floor.bytes(),
        marks.count(),
        schema,
        cacheMarks);
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
