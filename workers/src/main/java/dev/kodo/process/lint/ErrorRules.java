package dev.kodo.process.lint;

import io.camunda.zeebe.model.bpmn.instance.CallActivity;
import io.camunda.zeebe.model.bpmn.instance.CatchEvent;
import io.camunda.zeebe.model.bpmn.instance.Error;
import io.camunda.zeebe.model.bpmn.instance.ErrorEventDefinition;
import io.camunda.zeebe.model.bpmn.instance.FlowNode;
import io.camunda.zeebe.model.bpmn.instance.StartEvent;
import io.camunda.zeebe.model.bpmn.instance.SubProcess;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeCalledElement;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeTaskDefinition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.jspecify.annotations.Nullable;

/**
 * Follows each BPMN error outwards the way the engine does: the task's own boundary, the
 * sub-process around it, the process, then every call activity that calls the process.
 */
record ErrorRules(Library library, Wiring wiring) implements DiagramRule {
  @Override
  public List<Finding> check(Diagram diagram) {
    List<Finding> findings = new ArrayList<>();
    for (ZeebeTaskDefinition job : diagram.all(ZeebeTaskDefinition.class)) {
      if (job.getParentElement().getParentElement() instanceof FlowNode task) {
        wiring.errorCodesOf(String.valueOf(job.getType())).stream()
            .sorted()
            .filter(code -> !isCaught(diagram, task, code, new HashSet<>()))
            .forEach(
                code ->
                    findings.add(
                        diagram.finding(
                            task,
                            Rule.ERROR_IS_CAUGHT,
                            "Its worker may throw %s, which nothing catches. Attach an error event, here or where this process is called."
                                .formatted(code))));
      }
    }
    return findings;
  }

  /**
   * @param path the elements between the error and here; a process that calls itself is judged by
   *     its other callers
   */
  private boolean isCaught(Diagram diagram, FlowNode node, String code, Set<String> path) {
    String here = diagram.file() + "#" + node.getId();
    if (!path.add(here)) {
      return true;
    }
    ModelElementInstance scope = node.getParentElement();
    boolean caught =
        diagram.boundariesOf(node).anyMatch(event -> catches(event, code))
            || eventSubProcesses(scope).anyMatch(start -> catches(start, code))
            || (scope instanceof SubProcess sub
                ? isCaught(diagram, sub, code, path)
                : isCaughtByEveryCaller(diagram, code, path));
    path.remove(here);
    return caught;
  }

  private boolean isCaughtByEveryCaller(Diagram callee, String code, Set<String> path) {
    boolean called = false;
    for (Diagram diagram : library.diagrams()) {
      for (CallActivity call : diagram.all(CallActivity.class)) {
        if (calls(call, callee::holds)) {
          called = true;
          if (!isCaught(diagram, call, code, path)) {
            return false;
          }
        }
      }
    }
    return called || (canBeCalled(callee) && isCaughtByACallDecidedLater(code, path));
  }

  /** Only a start event without a trigger begins a process that is called. */
  private static boolean canBeCalled(Diagram callee) {
    return callee.all(StartEvent.class).stream()
        .anyMatch(
            start ->
                start.getEventDefinitions().isEmpty()
                    && !(start.getParentElement() instanceof SubProcess));
  }

  /** A diagram that no other one names may be one that a routine calls. */
  private boolean isCaughtByACallDecidedLater(String code, Set<String> path) {
    return library.diagrams().stream()
        .anyMatch(
            diagram ->
                diagram.all(CallActivity.class).stream()
                    .filter(call -> calls(call, id -> id.startsWith(CallRules.DECIDED_LATER)))
                    .anyMatch(call -> isCaught(diagram, call, code, path)));
  }

  private static boolean calls(CallActivity call, Predicate<String> process) {
    return Diagram.extension(call, ZeebeCalledElement.class)
        .filter(target -> process.test(String.valueOf(target.getProcessId())))
        .isPresent();
  }

  private static Stream<StartEvent> eventSubProcesses(ModelElementInstance scope) {
    return scope.getChildElementsByType(SubProcess.class).stream()
        .filter(SubProcess::triggeredByEvent)
        .flatMap(sub -> sub.getChildElementsByType(StartEvent.class).stream());
  }

  private static boolean catches(CatchEvent event, String code) {
    return event.getEventDefinitions().stream()
        .filter(ErrorEventDefinition.class::isInstance)
        .map(ErrorEventDefinition.class::cast)
        .anyMatch(definition -> catches(definition.getError(), code));
  }

  private static boolean catches(@Nullable Error named, String code) {
    return named == null || code.equals(named.getErrorCode());
  }
}
