package dev.kodo.process.lint;

import io.camunda.zeebe.model.bpmn.instance.BaseElement;
import io.camunda.zeebe.model.bpmn.validation.zeebe.ZeebeDesignTimeValidators;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.camunda.bpm.model.xml.validation.ModelElementValidator;
import org.camunda.bpm.model.xml.validation.ValidationResultCollector;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What the engine itself would refuse, and what only a newer engine knows. */
final class EngineRules implements DiagramRule {
  private static final String BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL";
  private static final String ZEEBE = "http://camunda.org/schema/zeebe/1.0";
  private static final String MODELER = "http://camunda.org/schema/modeler/1.0";
  private static final String NEWEST = "8.6";

  /** Everything in the BPMN name space that engine 8.6 executes or harmlessly carries along. */
  private static final Set<String> BPMN_OF_8_6 =
      Set.of(
          """
          definitions process documentation extensionElements incoming outgoing message error signal
          escalation startEvent endEvent intermediateCatchEvent intermediateThrowEvent boundaryEvent
          serviceTask userTask receiveTask sendTask scriptTask businessRuleTask manualTask task
          callActivity subProcess exclusiveGateway parallelGateway inclusiveGateway
          eventBasedGateway sequenceFlow conditionExpression messageEventDefinition
          timerEventDefinition errorEventDefinition signalEventDefinition
          escalationEventDefinition terminateEventDefinition linkEventDefinition
          compensateEventDefinition timeDuration timeDate timeCycle
          multiInstanceLoopCharacteristics completionCondition association textAnnotation text
          group category categoryValue categoryValueRef collaboration participant laneSet lane
          flowNodeRef dataObject dataObjectReference dataStoreReference
          """
              .split("\\s+"));

  private static final Set<String> ZEEBE_OF_8_6 =
      Set.of(
          """
          taskDefinition taskHeaders header ioMapping input output subscription
          loopCharacteristics calledElement calledDecision formDefinition userTaskForm
          assignmentDefinition taskSchedule priorityDefinition userTask script properties property
          executionListeners executionListener versionTag
          """
              .split("\\s+"));

  @Override
  public List<Finding> check(Diagram diagram) {
    List<Finding> findings = new ArrayList<>();
    checkPlatform(diagram, findings);
    checkElements(diagram, findings);
    checkWithTheEnginesValidators(diagram, findings);
    return findings;
  }

  /** The model's own way to validate walks the whole file once for each validator and subtype. */
  private static void checkWithTheEnginesValidators(Diagram diagram, List<Finding> findings) {
    for (ModelElementInstance element : diagram.elements()) {
      ValidationResultCollector collector = new Refusals(diagram, nearestId(element), findings);
      ZeebeDesignTimeValidators.VALIDATORS.forEach(
          validator -> validate(validator, element, collector));
    }
  }

  private static <T extends ModelElementInstance> void validate(
      ModelElementValidator<T> validator,
      ModelElementInstance element,
      ValidationResultCollector collector) {
    if (validator.getElementType().isInstance(element)) {
      validator.validate(validator.getElementType().cast(element), collector);
    }
  }

  /** What the validators say about one element. */
  private record Refusals(Diagram diagram, String element, List<Finding> findings)
      implements ValidationResultCollector {
    @Override
    public void addError(int code, String message) {
      findings.add(
          diagram.finding(
              element, Rule.ENGINE_ACCEPTS, "The engine refuses this: %s.".formatted(message)));
    }

    @Override
    public void addWarning(int code, String message) {
      addError(code, message);
    }
  }

  private static void checkPlatform(Diagram diagram, List<Finding> findings) {
    Element root = diagram.xml().getDocumentElement();
    String platform = root.getAttributeNS(MODELER, "executionPlatform");
    String version = root.getAttributeNS(MODELER, "executionPlatformVersion");
    if (!platform.equals("Camunda Cloud") || !isWithin(version)) {
      findings.add(
          diagram.finding(
              diagram.promisedId(),
              Rule.ENGINE_FEATURE,
              "The diagram is made for '%s %s'. Set it to Camunda 8, version %s, in Modeler."
                  .formatted(platform, version, NEWEST)));
    }
  }

  private static boolean isWithin(String version) {
    return version.matches("8\\.[0-6](\\..*)?");
  }

  private static void checkElements(Diagram diagram, List<Finding> findings) {
    NodeList all = diagram.xml().getElementsByTagNameNS("*", "*");
    IntStream.range(0, all.getLength())
        .mapToObj(i -> (Element) all.item(i))
        .filter(element -> !isOf86(element))
        .forEach(
            element ->
                findings.add(
                    diagram.finding(
                        nearestId(element),
                        Rule.ENGINE_FEATURE,
                        "Engine %s does not execute <%s>. Draw it with what the engine knows."
                            .formatted(NEWEST, element.getTagName()))));
  }

  private static boolean isOf86(Element element) {
    if (BPMN.equals(element.getNamespaceURI())) {
      return BPMN_OF_8_6.contains(element.getLocalName());
    }
    return !ZEEBE.equals(element.getNamespaceURI())
        || ZEEBE_OF_8_6.contains(element.getLocalName());
  }

  private static String nearestId(Element element) {
    if (!element.getAttribute("id").isEmpty()) {
      return element.getAttribute("id");
    }
    return element.getParentNode() instanceof Element parent
        ? nearestId(parent)
        : element.getTagName();
  }

  private static String nearestId(ModelElementInstance element) {
    if (element instanceof BaseElement base && base.getId() != null) {
      return base.getId();
    }
    return element.getParentElement() == null
        ? element.getElementType().getTypeName()
        : nearestId(element.getParentElement());
  }
}
