package dev.kodo.process.lint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kodo.process.scenario.ProjectFiles;
import dev.kodo.testing.SourceTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * The diagram that docs/modeling.md ends with, as Camunda Modeler saves it. {@code npm run
 * fact-check} in docs/diagrams makes it anew from the present one.
 */
class FactCheckDiagramTest {
  private static final String BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL";
  private static final String DI = "http://www.omg.org/spec/BPMN/20100524/DI";
  private static final String ZEEBE = "http://camunda.org/schema/zeebe/1.0";
  private static final Path SAVED = Path.of("src/test/resources/modeling/activity.bpmn");
  private static final String NEW_TASK = "Task_CheckFacts";
  private static final String NEW_FLOW = "Flow_CheckFacts";

  @TempDir private Path folder;
  private PlantedFiles files;
  private String saved;

  @BeforeEach
  void saveTheEditedDiagram() throws IOException {
    files = PlantedFiles.copyTo(folder);
    saved = Files.readString(SAVED);
    files.write("activity.bpmn", saved);
  }

  @Test
  void isTheShippedOneAndOneStepMore() throws Exception {
    Path shipped = ProjectFiles.processes().resolve("activity.bpmn");

    assertThat(elements(withoutTheStep(saved)))
        .as("run npm run fact-check in docs/diagrams, and look at the new picture")
        .isEqualTo(elements(Files.readString(shipped)));
    assertThat(drawn(saved))
        .containsAll(drawn(Files.readString(shipped)))
        .contains(NEW_TASK, NEW_FLOW);
  }

  @Test
  void seesThatTheShippedOneHasMovedOn() throws Exception {
    String moved = Files.readString(ProjectFiles.processes().resolve("activity.bpmn"));

    assertThat(elements(withoutTheStep(saved)))
        .isNotEqualTo(elements(moved.replace("type=\"activity-think\"", "type=\"activity-other\"")))
        .isNotEqualTo(elements(moved.replace("=activity = \"think\"", "=activity = \"thought\"")));
  }

  @Test
  void isAcceptedWithoutAWord() {
    assertThat(files.check(KnownWiring.wiring())).isEmpty();
  }

  @Test
  void isRefusedWithASentenceWhenItIsWrong() {
    files.edit("activity.bpmn", text -> text.replace("type=\"model-ask\"", "type=\"model-aks\""));
    assertThat(files.check(KnownWiring.wiring()))
        .filteredOn(Finding::refuses)
        .singleElement()
        .hasToString(
            "activity.bpmn: Task_CheckFacts: No worker serves the job type 'model-aks'; a job would wait for ever. Correct the type or add the worker. (JOB_TYPE_HAS_WORKER)");

    files.edit(
        "activity.bpmn",
        text ->
            text.replace("type=\"model-aks\"", "type=\"model-ask\"")
                .replaceAll("<zeebe:input source=\"[^\"]+\" target=\"question\" />", ""));
    assertThat(files.check(KnownWiring.wiring()))
        .filteredOn(Finding::refuses)
        .singleElement()
        .hasToString(
            "activity.bpmn: Task_CheckFacts: The field 'question' of the job type 'model-ask' is empty. Fill it in, in the properties of the task in Modeler. (FIELD_FILLED)");
  }

  /** As Modeler applied it; an older version would make Modeler offer an update. */
  @Test
  void hasTheTemplateAsItIsNow() throws Exception {
    JsonNode template =
        new ObjectMapper()
            .readTree(
                ProjectFiles.processes()
                    .resolve("element-templates")
                    .resolve("model-ask.json")
                    .toFile());
    Element task = byId(SafeXml.parse(saved.getBytes(StandardCharsets.UTF_8)), NEW_TASK);

    assertThat(task.getAttributeNS(ZEEBE, "modelerTemplate"))
        .isEqualTo(template.get("id").asText());
    assertThat(task.getAttributeNS(ZEEBE, "modelerTemplateVersion"))
        .isEqualTo(template.get("version").asText());
    assertThat(task.getAttributeNS(ZEEBE, "modelerTemplateIcon"))
        .isEqualTo(template.at("/icon/contents").asText());
    assertThat(inputs(task).keySet())
        .isEqualTo(
            names(template, "zeebe:input")
                .collect(Collectors.toCollection(java.util.TreeSet::new)));
  }

  @Test
  void hasTheFieldsThatTheWalkThroughNames() throws Exception {
    String page = SourceTree.find().read("docs/modeling.md").replaceAll("\\s+", " ");
    Element task = byId(SafeXml.parse(saved.getBytes(StandardCharsets.UTF_8)), NEW_TASK);
    Stream<String> typed =
        Stream.of("title", "question", "files", "choices").map(inputs(task)::get);
    Stream<String> named =
        all(task.getElementsByTagNameNS(ZEEBE, "output"))
            .map(
                output ->
                    output.getAttribute("source").substring(1)
                        + " | `"
                        + output.getAttribute("target"));

    assertThat(page).contains("| ID | `" + NEW_TASK + "`");
    assertThat(typed)
        .hasSize(4)
        .allSatisfy(value -> assertThat(page).contains("| `" + value + "` |"));
    assertThat(named)
        .hasSize(2)
        .allSatisfy(value -> assertThat(page).contains("| " + value + "` |"));
  }

  private static Stream<String> names(JsonNode template, String binding) {
    List<String> names = new ArrayList<>();
    for (JsonNode property : template.get("properties")) {
      if (property.at("/binding/type").asText().equals(binding)) {
        names.add(property.at("/binding/name").asText());
      }
    }
    return names.stream();
  }

  private static Map<String, String> inputs(Element task) {
    return all(task.getElementsByTagNameNS(ZEEBE, "input"))
        .collect(
            Collectors.toMap(
                input -> input.getAttribute("target"),
                input -> input.getAttribute("source"),
                (one, other) -> one,
                TreeMap::new));
  }

  /** Takes the step out again, as deleting it in Modeler and joining the arrow would. */
  private static String withoutTheStep(String xml) throws Exception {
    return xml.replaceAll(
            "(?s)<bpmn:serviceTask id=\"%s\".*?</bpmn:serviceTask>".formatted(NEW_TASK), "")
        .replaceAll("<bpmn:sequenceFlow id=\"%s\"[^>]*/>".formatted(NEW_FLOW), "")
        .replace("<bpmn:incoming>" + NEW_FLOW + "<", "<bpmn:incoming>Flow_Create<")
        .replace("targetRef=\"" + NEW_TASK + "\"", "targetRef=\"Gateway_ActivityDone\"");
  }

  /** What each element of the process is, by its id; what is drawn where does not count. */
  private static Map<String, String> elements(String xml) throws Exception {
    Document document = SafeXml.parse(xml.getBytes(StandardCharsets.UTF_8));
    return all(document.getElementsByTagNameNS(BPMN, "*"))
        .filter(
            element ->
                element.hasAttribute("id")
                    && !element.getLocalName().matches("process|definitions|subProcess"))
        .collect(
            Collectors.toMap(
                element -> element.getAttribute("id"),
                FactCheckDiagramTest::text,
                (one, other) -> one,
                TreeMap::new));
  }

  private static String text(Element element) {
    String attributes =
        IntStream.range(0, element.getAttributes().getLength())
            .mapToObj(i -> (Attr) element.getAttributes().item(i))
            .map(attribute -> attribute.getName() + "=" + attribute.getValue())
            .sorted()
            .collect(Collectors.joining(" "));
    List<Element> children =
        IntStream.range(0, element.getChildNodes().getLength())
            .mapToObj(element.getChildNodes()::item)
            .filter(Element.class::isInstance)
            .map(Element.class::cast)
            .toList();
    String inside =
        children.isEmpty()
            ? element.getTextContent().strip()
            : children.stream()
                .map(FactCheckDiagramTest::text)
                .sorted()
                .collect(Collectors.joining());
    return "<%s %s>%s</>".formatted(element.getTagName(), attributes, inside);
  }

  private static List<String> drawn(String xml) throws Exception {
    Document document = SafeXml.parse(xml.getBytes(StandardCharsets.UTF_8));
    return all(document.getElementsByTagNameNS(DI, "*"))
        .map(shape -> shape.getAttribute("bpmnElement"))
        .filter(id -> !id.isEmpty())
        .toList();
  }

  private static Element byId(Document document, String id) {
    return all(document.getElementsByTagNameNS(BPMN, "*"))
        .filter(element -> element.getAttribute("id").equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static Stream<Element> all(NodeList nodes) {
    return IntStream.range(0, nodes.getLength()).mapToObj(nodes::item).map(Element.class::cast);
  }
}
