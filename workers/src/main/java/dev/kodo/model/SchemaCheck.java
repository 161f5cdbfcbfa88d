package dev.kodo.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks an answer against its whole schema, whatever the server enforced of it. */
final class SchemaCheck {
  private static final JsonSchemaFactory FACTORY =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

  private final Question<?> question;

  SchemaCheck(Question<?> question) {
    this.question = question;
  }

  /** The keywords of the schema as it was sent that the answer breaks, such as {@code enum}. */
  Set<String> broken(ObjectNode answer) {
    return validated(answer, AnswerSchema.of(question, SchemaLevel.FULL)).stream()
        .map(ValidationMessage::getType)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Set<ValidationMessage> validated(ObjectNode answer, String schema) {
    return FACTORY.getSchema(schema).validate(answer);
  }

  /** The first fault; never in the library's own words, which may repeat the answer. */
  Optional<String> fault(ObjectNode answer) {
    return validated(answer, AnswerSchema.ofJoined(question)).stream()
        .min(Comparator.comparing(SchemaCheck::place))
        .map(SchemaCheck::told);
  }

  private static String told(ValidationMessage fault) {
    String place = place(fault);
    return switch (fault.getType()) {
      case "required" -> "lacks '" + place + "'";
      case "type" ->
          fault.getInstanceNode().isNull()
              ? "lacks '" + place + "'"
              : "has a value of the wrong type in '" + place + "'";
      case "enum" ->
          "has a value in '%s' that is not permitted now; permitted are %s"
              .formatted(place, fault.getSchemaNode());
      case "minimum" -> "has a number below %s in '%s'".formatted(fault.getSchemaNode(), place);
      case "maximum" -> "has a number above %s in '%s'".formatted(fault.getSchemaNode(), place);
      case "maxItems" -> "has more than %s items in '%s'".formatted(fault.getSchemaNode(), place);
      default -> "does not fit its schema in '" + place + "'";
    };
  }

  /** Such as {@code more[1].name}. */
  private static String place(ValidationMessage fault) {
    String at = fault.getInstanceLocation().toString().replaceFirst("^\\$\\.?", "");
    if (!fault.getType().equals("required")) {
      return at;
    }
    return at.isEmpty() ? fault.getProperty() : at + "." + fault.getProperty();
  }
}
