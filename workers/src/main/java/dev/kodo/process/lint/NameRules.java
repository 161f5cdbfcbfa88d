package dev.kodo.process.lint;

import io.camunda.zeebe.model.bpmn.instance.Activity;
import io.camunda.zeebe.model.bpmn.instance.BaseElement;
import io.camunda.zeebe.model.bpmn.instance.BoundaryEvent;
import io.camunda.zeebe.model.bpmn.instance.CallActivity;
import io.camunda.zeebe.model.bpmn.instance.EndEvent;
import io.camunda.zeebe.model.bpmn.instance.FlowNode;
import io.camunda.zeebe.model.bpmn.instance.Gateway;
import io.camunda.zeebe.model.bpmn.instance.Process;
import io.camunda.zeebe.model.bpmn.instance.StartEvent;
import io.camunda.zeebe.model.bpmn.instance.SubProcess;
import io.camunda.zeebe.model.bpmn.instance.UserTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;

/** Readable ids, something said about everything that works, and no wall charts. */
final class NameRules implements DiagramRule {
  /**
   * The house rule is "about 20"; the limit leaves room for the silent joins and the boundary
   * events that make a diagram clearer instead of fuller.
   */
  static final int MOST_NODES = 24;

  private static final String READABLE_REST = "_[A-Z][A-Za-z0-9]*";

  @Override
  public List<Finding> check(Diagram diagram) {
    List<Finding> findings = new ArrayList<>();
    diagram.nodes().forEach(node -> checkId(diagram, node, prefix(node), findings));
    diagram.flows().forEach(flow -> checkId(diagram, flow, "Flow", findings));
    diagram.all(Process.class).forEach(process -> checkDocumented(diagram, process, findings));
    diagram.all(Activity.class).forEach(work -> checkDocumented(diagram, work, findings));
    checkSize(diagram, findings);
    return findings;
  }

  /** An event sub-process stands apart from the main flow, so it is read and counted by itself. */
  private static void checkSize(Diagram diagram, List<Finding> findings) {
    Map<String, Long> sizes =
        diagram.nodes().stream()
            .collect(
                Collectors.groupingBy(
                    node -> pictureOf(diagram, node), TreeMap::new, Collectors.counting()));
    sizes.forEach(
        (picture, size) -> {
          if (size > MOST_NODES) {
            findings.add(
                diagram.finding(
                    picture,
                    Rule.SIZE,
                    "The diagram has %d flow nodes here; the most is %d. Move a part into a process of its own and call it."
                        .formatted(size, MOST_NODES)));
          }
        });
  }

  private static String pictureOf(Diagram diagram, FlowNode node) {
    ModelElementInstance scope = node.getParentElement();
    if (!(scope instanceof SubProcess sub)) {
      return diagram.promisedId();
    }
    return sub.triggeredByEvent() ? String.valueOf(sub.getId()) : pictureOf(diagram, sub);
  }

  private static void checkId(
      Diagram diagram, BaseElement element, String prefix, List<Finding> findings) {
    String id = String.valueOf(element.getId());
    if (!Pattern.matches(prefix + READABLE_REST, id)) {
      findings.add(
          diagram.finding(
              element,
              Rule.ID_PATTERN,
              "The id is %s. Expected %s_ and a name in CamelCase, since logs and tests quote it."
                  .formatted(id, prefix)));
    }
  }

  private static String prefix(FlowNode node) {
    return switch (node) {
      case StartEvent start -> "StartEvent";
      case EndEvent end -> "EndEvent";
      case BoundaryEvent boundary -> "BoundaryEvent";
      case Gateway gateway -> "Gateway";
      case CallActivity call -> "CallActivity";
      case SubProcess sub -> "SubProcess";
      case UserTask user -> "UserTask";
      case Activity task -> "Task";
      default -> "[A-Z][a-z]+Event";
    };
  }

  private static void checkDocumented(
      Diagram diagram, BaseElement element, List<Finding> findings) {
    if (element.getDocumentations().stream().allMatch(said -> said.getTextContent().isBlank())) {
      findings.add(
          diagram.finding(
              element,
              Rule.DOCUMENTED,
              "There is no documentation. Say in one or two sentences what it is for, needs and leaves."));
    }
  }
}
