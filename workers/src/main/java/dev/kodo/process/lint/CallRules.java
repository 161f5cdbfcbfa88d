package dev.kodo.process.lint;

import io.camunda.zeebe.model.bpmn.instance.BaseElement;
import io.camunda.zeebe.model.bpmn.instance.CallActivity;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeBindingType;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeCalledDecision;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeCalledElement;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeIoMapping;
import java.util.ArrayList;
import java.util.List;

/** What a diagram calls is there, and only named variables go in and come out. */
record CallRules(Library library) implements DiagramRule {
  /** An expression: which process is called turns out when it is called. */
  static final String DECIDED_LATER = "=";

  @Override
  public List<Finding> check(Diagram diagram) {
    List<Finding> findings = new ArrayList<>();
    diagram
        .all(CallActivity.class)
        .forEach(
            call ->
                Diagram.extension(call, ZeebeCalledElement.class)
                    .ifPresent(called -> checkCall(diagram, call, called, findings)));
    diagram
        .all(ZeebeCalledDecision.class)
        .forEach(called -> checkDecision(diagram, called, findings));
    return findings;
  }

  private void checkCall(
      Diagram diagram, CallActivity call, ZeebeCalledElement called, List<Finding> findings) {
    if (!called.getProcessId().startsWith(DECIDED_LATER)
        && !library.hasProcess(String.valueOf(called.getProcessId()))) {
      findings.add(
          diagram.finding(
              call,
              Rule.CALLED_PROCESS_EXISTS,
              "It calls the process '%s', which no file holds. Add its diagram or correct the id."
                  .formatted(called.getProcessId())));
    }
    boolean mapped =
        Diagram.extension(call, ZeebeIoMapping.class)
            .filter(mapping -> !mapping.getInputs().isEmpty() && !mapping.getOutputs().isEmpty())
            .isPresent();
    if (!mapped
        || called.isPropagateAllChildVariablesEnabled()
        || called.isPropagateAllParentVariablesEnabled()) {
      findings.add(
          diagram.finding(
              call,
              Rule.CALL_MAPPINGS,
              "Variables pass unnamed. Switch both propagations off and map inputs and outputs by name."));
    }
    if (called.getBindingType() != ZeebeBindingType.latest) {
      findings.add(
          diagram.finding(
              call,
              Rule.CALL_MAPPINGS,
              "It is bound to '%s'. Bind it to latest, so that an edit takes effect at the next call."
                  .formatted(called.getBindingType())));
    }
  }

  private void checkDecision(Diagram diagram, ZeebeCalledDecision called, List<Finding> findings) {
    if (!library.decisions().contains(String.valueOf(called.getDecisionId()))) {
      findings.add(
          diagram.finding(
              (BaseElement) called.getParentElement().getParentElement(),
              Rule.DECISION_EXISTS,
              "It calls the decision '%s', which no file holds. Add its table or correct the id."
                  .formatted(called.getDecisionId())));
    }
  }
}
