package dev.kodo.template;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kodo.worker.Field;
import dev.kodo.worker.JobStep;
import dev.kodo.worker.TaskHeader;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The element template of one job step for Camunda Modeler, made of what the step declares.
 *
 * @param meanings of the variables, by name
 * @param icon as a data URI
 */
record ElementTemplate(JobStep<?, ?> step, Map<String, String> meanings, String icon) {
  private static final String SCHEMA =
      "https://unpkg.com/@camunda/zeebe-element-templates-json-schema/resources/schema.json";
  private static final String FIELDS = "fields";
  private static final String HEADERS = "headers";
  private static final String NEEDS = "needs";
  private static final String LEAVES = "leaves";

  /** The whole template. */
  ObjectNode json(int version) {
    ObjectNode template = JsonNodeFactory.instance.objectNode();
    template
        .put("$schema", SCHEMA)
        .put("name", step.name())
        .put("id", "dev.kodo." + step.type())
        .put("version", version)
        .put("description", description());
    template
        .putObject("category")
        .put("id", "kodo-" + kind().replace(' ', '-'))
        .put("name", "Kodo: " + kind());
    template.putArray("appliesTo").add("bpmn:Task");
    template.putObject("elementType").put("value", "bpmn:ServiceTask");
    template.putObject("engines").put("camunda", "^8.6");
    template.putObject("icon").put("contents", icon);
    addGroups(template.putArray("groups"));
    addProperties(template.putArray("properties"));
    return template;
  }

  /** The group in the list of Modeler says whom a step is for: who builds, or who repairs. */
  private String kind() {
    boolean takesWords = header().filter(header -> header.choices().length == 0).isPresent();
    return step.isBuildingBlock() || takesWords ? "building blocks" : "for its own diagrams only";
  }

  private String description() {
    String errors =
        step.errors().stream().map(Enum::name).sorted().collect(Collectors.joining(", "));
    return step.summary() + (errors.isEmpty() ? "" : " May throw " + errors + ".");
  }

  private void addGroups(ArrayNode groups) {
    if (step.isBuildingBlock()) {
      group(groups, FIELDS, "What it does").put("openByDefault", true);
    }
    if (header().isPresent()) {
      group(groups, HEADERS, "What it does").put("openByDefault", true);
    }
    if (step.output().getRecordComponents().length > 0) {
      group(groups, LEAVES, "Variables it leaves").put("openByDefault", true);
    }
    group(groups, NEEDS, "Variables it needs").put("openByDefault", false);
  }

  private static ObjectNode group(ArrayNode groups, String id, String label) {
    return groups.addObject().put("id", id).put("label", label);
  }

  private Optional<TaskHeader> header() {
    return Optional.ofNullable(step.input().getAnnotation(TaskHeader.class));
  }

  private void addProperties(ArrayNode properties) {
    hidden(properties, step.type(), "type");
    hidden(properties, "5", "retries");
    header().ifPresent(header -> addHeader(properties, header));
    // Modeler shows the groups in the order of their first properties: what a person writes first.
    inputs(true).forEach(input -> addField(properties, input));
    for (RecordComponent output : step.output().getRecordComponents()) {
      addOutput(properties, output);
    }
    inputs(false).forEach(input -> addVariable(properties, input));
  }

  private Stream<RecordComponent> inputs(boolean fields) {
    return Stream.of(step.input().getRecordComponents())
        .filter(input -> input.isAnnotationPresent(Field.class) == fields);
  }

  private static void hidden(ArrayNode properties, String value, String property) {
    properties
        .addObject()
        .put("type", "Hidden")
        .put("value", value)
        .putObject("binding")
        .put("type", "zeebe:taskDefinition")
        .put("property", property);
  }

  private static void addHeader(ArrayNode properties, TaskHeader header) {
    ObjectNode property =
        properties
            .addObject()
            .put("id", "header_" + header.key())
            .put("label", header.label())
            .put("description", header.hint())
            .put("group", HEADERS);
    if (header.choices().length > 0) {
      addChoices(property, header.choices());
    } else {
      property.put("type", "Text");
    }
    property.putObject("binding").put("type", "zeebe:taskHeader").put("key", header.key());
  }

  private static void addField(ArrayNode properties, RecordComponent input) {
    Field field = input.getAnnotation(Field.class);
    ObjectNode property =
        properties
            .addObject()
            .put("id", "input_" + input.getName())
            .put("label", field.label())
            .put("description", field.hint())
            .put("group", FIELDS);
    if (field.choices().length > 0) {
      addChoices(property, field.choices());
    } else {
      property.put("type", field.lines() ? "Text" : "String").put("feel", "optional");
      addNeed(property, input);
    }
    bindInput(property, input);
  }

  private void addVariable(ArrayNode properties, RecordComponent input) {
    ObjectNode property =
        properties
            .addObject()
            .put("id", "input_" + input.getName())
            .put("label", input.getName())
            .put("description", meaning(input))
            .put("group", NEEDS)
            .put("type", "String")
            .put("feel", "optional")
            .put("value", "=" + input.getName());
    addNeed(property, input);
    bindInput(property, input);
  }

  private void addOutput(ArrayNode properties, RecordComponent output) {
    properties
        .addObject()
        .put("id", "output_" + output.getName())
        .put("label", output.getName())
        .put("description", meaning(output) + " Give the variable another name here if need be.")
        .put("group", LEAVES)
        .put("type", "String")
        .put("value", output.getName())
        .put("optional", true)
        .putObject("binding")
        .put("type", "zeebe:output")
        .put("source", "=" + output.getName());
  }

  private static void addChoices(ObjectNode property, Field.Choice[] choices) {
    property.put("type", "Dropdown").put("value", choices[0].value());
    ArrayNode values = property.putArray("choices");
    for (Field.Choice choice : choices) {
      values.addObject().put("name", choice.label()).put("value", choice.value());
    }
  }

  private static void addNeed(ObjectNode property, RecordComponent input) {
    if (input.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
      property.put("optional", true);
    } else {
      property.putObject("constraints").put("notEmpty", true);
    }
  }

  private static void bindInput(ObjectNode property, RecordComponent input) {
    property.putObject("binding").put("type", "zeebe:input").put("name", input.getName());
  }

  private String meaning(RecordComponent component) {
    return Objects.requireNonNull(
        meanings.get(component.getName()),
        () -> "docs/variables.md does not say what '%s' means".formatted(component.getName()));
  }
}
