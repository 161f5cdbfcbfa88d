package dev.kodo.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.annotation.Annotation;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The JSON schema of a question's answer, in the subset that OpenAI's strict mode and grammar-based
 * local servers share: every property required, no others, {@code null} allowed where the component
 * is {@link Nullable}. What the question permits now stands in it as an enum.
 */
final class AnswerSchema {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A small model without an idea writes the same paragraph for ever. */
  private static final int MOST_PARAGRAPHS = 10;

  private static final Set<Class<?>> WHOLE_NUMBERS =
      Set.of(int.class, Integer.class, long.class, Long.class);
  private static final Set<Class<?>> NUMBERS = Set.of(double.class, Double.class);
  private static final Set<Class<?>> BOOLEANS = Set.of(boolean.class, Boolean.class);

  private final Question<?> question;
  private final SchemaLevel level;
  private final boolean inParagraphs;

  private AnswerSchema(Question<?> question, SchemaLevel level, boolean inParagraphs) {
    this.question = question;
    this.level = level;
    this.inParagraphs = inParagraphs;
  }

  /**
   * The schema as JSON; empty for {@link SchemaLevel#NONE}.
   *
   * @throws IllegalArgumentException for a component type that has no place in an answer
   */
  static String of(Question<?> question, SchemaLevel level) {
    return level == SchemaLevel.NONE
        ? ""
        : new AnswerSchema(question, level, true).object(question.answerType()).toString();
  }

  /** What an answer must fit when the paragraphs of its body have been joined. */
  static String ofJoined(Question<?> question) {
    return new AnswerSchema(question, SchemaLevel.FULL, false)
        .object(question.answerType())
        .toString();
  }

  static boolean optional(RecordComponent component) {
    return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
  }

  /** Whether an empty text is an answer: that of a title or body of which nothing is kept. */
  static boolean mayBeEmpty(RecordComponent component) {
    @Nullable Body body = component.getAnnotation(Body.class);
    return component.isAnnotationPresent(Title.class) || (body != null && body.mayBeEmpty());
  }

  /** The component with this annotation; empty when the record has none. */
  static Optional<RecordComponent> component(
      Class<?> answerType, Class<? extends Annotation> annotation) {
    return Stream.of(answerType.getRecordComponents())
        .filter(component -> component.isAnnotationPresent(annotation))
        .findFirst();
  }

  private ObjectNode object(Class<?> answerType) {
    ObjectNode schema = typed("object");
    ObjectNode properties = schema.putObject("properties");
    ArrayNode required = schema.putArray("required");
    for (RecordComponent component : answerType.getRecordComponents()) {
      if (offersNothing(component, question)) {
        continue;
      }
      ObjectNode property = property(component);
      // Where answers are offered, none of them is no answer.
      boolean mayBeNull = optional(component) && !component.isAnnotationPresent(Choice.class);
      properties.set(component.getName(), mayBeNull ? orNull(property) : property);
      required.add(component.getName());
    }
    return schema.put("additionalProperties", false);
  }

  /** Where nothing is offered, nothing is chosen: the property is left out. */
  static boolean offersNothing(RecordComponent component, Question<?> question) {
    return component.isAnnotationPresent(Choice.class)
        && optional(component)
        && question.choices().getOrDefault(component.getName(), List.of()).isEmpty();
  }

  private ObjectNode property(RecordComponent component) {
    @Nullable Body body = component.getAnnotation(Body.class);
    if (inParagraphs && body != null && body.paragraphs() > 0) {
      return paragraphs(body.paragraphs());
    }
    ObjectNode property = element(component.getGenericType());
    if (component.isAnnotationPresent(Choice.class)) {
      List<String> permitted = question.choices().getOrDefault(component.getName(), List.of());
      if (!permitted.isEmpty()) {
        permitted.forEach(property.putArray("enum")::add);
      }
    }
    return level == SchemaLevel.FULL ? bounded(property, component) : property;
  }

  private ObjectNode paragraphs(int least) {
    ObjectNode list = typed("array");
    list.set("items", typed("string"));
    return level == SchemaLevel.FULL
        ? list.put("minItems", least).put("maxItems", MOST_PARAGRAPHS)
        : list;
  }

  private ObjectNode bounded(ObjectNode property, RecordComponent component) {
    @Nullable Brief brief = component.getAnnotation(Brief.class);
    if (brief != null) {
      property.put("maxLength", brief.longest());
    }
    @Nullable Title title = component.getAnnotation(Title.class);
    if (title != null) {
      property.put("maxLength", title.longest());
    }
    @Nullable Between between = component.getAnnotation(Between.class);
    if (between != null) {
      property.put("minimum", between.least());
      property.put(
          "maximum",
          Math.min(
              between.most(), question.limits().getOrDefault(component.getName(), between.most())));
    }
    @Nullable Items items = component.getAnnotation(Items.class);
    return items == null ? property : property.put("maxItems", items.most());
  }

  private ObjectNode element(Type type) {
    if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
      ObjectNode schema = typed("array");
      schema.set("items", element(list.getActualTypeArguments()[0]));
      return schema;
    }
    if (!(type instanceof Class<?> plain)) {
      throw unfit(type);
    }
    if (plain.isRecord()) {
      return object(plain);
    }
    return plain.isEnum() ? enumeration(plain) : typed(simple(plain));
  }

  private static ObjectNode enumeration(Class<?> type) {
    ObjectNode schema = typed("string");
    ArrayNode values = schema.putArray("enum");
    for (Object constant : type.getEnumConstants()) {
      values.add(JSON.convertValue(constant, String.class));
    }
    return schema;
  }

  private static String simple(Class<?> type) {
    if (type == String.class) {
      return "string";
    }
    if (WHOLE_NUMBERS.contains(type)) {
      return "integer";
    }
    if (NUMBERS.contains(type)) {
      return "number";
    }
    if (BOOLEANS.contains(type)) {
      return "boolean";
    }
    throw unfit(type);
  }

  private static ObjectNode orNull(ObjectNode property) {
    if (property.get("enum") instanceof ArrayNode values) {
      values.addNull();
    }
    String type = property.get("type").asText();
    property.putArray("type").add(type).add("null");
    return property;
  }

  private static ObjectNode typed(String type) {
    return JsonNodeFactory.instance.objectNode().put("type", type);
  }

  private static IllegalArgumentException unfit(Type type) {
    return new IllegalArgumentException(
        "Expected records, strings, whole numbers, numbers, booleans, lists or enums in an answer but got "
            + type.getTypeName());
  }
}
