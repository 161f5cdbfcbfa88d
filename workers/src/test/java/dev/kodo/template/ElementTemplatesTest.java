package dev.kodo.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import dev.kodo.process.scenario.ProjectFiles;
import dev.kodo.worker.Field;
import dev.kodo.worker.JobStep;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The element templates say what the workers declare. With {@code -Dkodo.write-templates=true} they
 * are written anew.
 */
class ElementTemplatesTest {
  private static List<JobStep<?, ?>> steps;

  @BeforeAll
  static void askTheBody() throws IOException {
    steps = DeclaredSteps.all();
    if (Boolean.getBoolean("kodo.write-templates")) {
      TemplateFiles.write(TemplateFiles.generated(steps, TemplateFiles.committed()));
    }
  }

  @Test
  void areWhatTheWorkersDeclare() {
    Map<String, String> committed = TemplateFiles.committed();

    assertThat(committed)
        .as("processes/element-templates; CONTRIBUTING.md says how to write them anew")
        .isEqualTo(TemplateFiles.generated(steps, committed));
  }

  @Test
  void getTheNextVersionWhenTheyChange() {
    String name = "model-ask.json";
    String now = Objects.requireNonNull(TemplateFiles.generated(steps, Map.of()).get(name));
    String older =
        now.replace("\"Ask model\"", "\"Ask\"").replace("\"version\": 1", "\"version\": 4");

    String next =
        Objects.requireNonNull(TemplateFiles.generated(steps, Map.of(name, older)).get(name));

    assertThat(TemplateFiles.parse(next).get("version").asInt()).isEqualTo(5);
    assertThat(next.replace("\"version\": 5", "\"version\": 1")).isEqualTo(now);
    assertThat(TemplateFiles.generated(steps, Map.of(name, now))).containsEntry(name, now);
  }

  @Test
  void fitTheOfficialSchema() throws IOException {
    JsonSchema schema = schema();

    assertThat(TemplateFiles.committed())
        .hasSizeGreaterThan(40)
        .allSatisfy(
            (name, text) -> assertThat(violations(schema, TemplateFiles.parse(text))).isEmpty());
  }

  static Stream<Named<Consumer<ObjectNode>>> violations() {
    return Stream.of(
        Named.of("no id", template -> template.remove("id")),
        Named.of("a version in words", template -> template.put("version", "one")),
        Named.of(
            "an icon from nowhere",
            template -> template.putObject("icon").put("contents", "x.svg")),
        Named.of("an unknown kind of field", template -> first(template).put("type", "Slider")),
        Named.of(
            "an unknown binding",
            template -> ((ObjectNode) first(template).get("binding")).put("type", "zeebe:nothing")),
        Named.of(
            "a field that must and may be empty",
            template -> optionalAndNeeded((ArrayNode) template.get("properties"))));
  }

  @ParameterizedTest
  @MethodSource("violations")
  void failOnAPlantedViolation(Consumer<ObjectNode> plant) throws IOException {
    ObjectNode template =
        TemplateFiles.parse(
            Objects.requireNonNull(TemplateFiles.committed().get("model-ask.json")));

    plant.accept(template);

    assertThat(violations(schema(), template)).isNotEmpty();
  }

  @Test
  void explainEveryVariableAndNoOther() {
    assertThat(VariableTable.read().keySet())
        .isEqualTo(
            steps.stream()
                .flatMap(step -> Stream.of(step.input(), step.output()))
                .flatMap(type -> Stream.of(type.getRecordComponents()))
                .filter(component -> !component.isAnnotationPresent(Field.class))
                .map(RecordComponent::getName)
                .collect(Collectors.toSet()));
  }

  /**
   * Desktop Modeler looks in .camunda/element-templates beside a diagram and in the folders above.
   */
  @Test
  void lieWhereDesktopModelerLooks() {
    assertThat(
            ProjectFiles.processes()
                .resolveSibling(".camunda")
                .resolve("element-templates")
                .resolve("model-ask.json"))
        .exists();
    assertThat(
            Files.isSymbolicLink(
                ProjectFiles.processes().resolveSibling(".camunda").resolve("element-templates")))
        .as("a link, so that there is one copy")
        .isTrue();
  }

  private static ObjectNode first(ObjectNode template) {
    return (ObjectNode) template.get("properties").get(0);
  }

  private static void optionalAndNeeded(ArrayNode properties) {
    for (JsonNode property : properties) {
      if (property.has("constraints")) {
        ((ObjectNode) property).put("optional", true);
      }
    }
  }

  private static JsonSchema schema() throws IOException {
    try (InputStream file =
        ElementTemplatesTest.class.getResourceAsStream("/element-templates/schema.json")) {
      return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(file);
    }
  }

  private static Set<String> violations(JsonSchema schema, ObjectNode template) {
    return schema.validate(template).stream()
        .map(ValidationMessage::getMessage)
        .collect(Collectors.toSet());
  }
}
