package dev.kodo.process.lint;

import io.camunda.zeebe.model.bpmn.instance.ExclusiveGateway;
import io.camunda.zeebe.model.bpmn.instance.Gateway;
import io.camunda.zeebe.model.bpmn.instance.InclusiveGateway;
import io.camunda.zeebe.model.bpmn.instance.SequenceFlow;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A split asks a question, every flow is an answer, one answer is the default. */
final class GatewayRules implements DiagramRule {
  @Override
  public List<Finding> check(Diagram diagram) {
    List<Finding> findings = new ArrayList<>();
    for (Gateway gateway : diagram.all(Gateway.class)) {
      if (gateway.getOutgoing().size() < 2) {
        checkSilent(diagram, gateway, findings);
        continue;
      }
      switch (gateway) {
        case ExclusiveGateway split -> checkSplit(diagram, split, split.getDefault(), findings);
        case InclusiveGateway split -> checkSplit(diagram, split, split.getDefault(), findings);
        default -> checkSilent(diagram, gateway, findings);
      }
    }
    return findings;
  }

  private static void checkSplit(
      Diagram diagram, Gateway split, @Nullable SequenceFlow otherwise, List<Finding> findings) {
    if (otherwise == null) {
      findings.add(
          diagram.finding(
              split,
              Rule.GATEWAY_DEFAULT,
              "No flow is the default. Choose what happens when no condition holds."));
    }
    if (!name(split.getName()).endsWith("?")) {
      findings.add(
          diagram.finding(
              split,
              Rule.GATEWAY_WORDS,
              "The name '%s' is no question.".formatted(name(split.getName()))));
    }
    for (SequenceFlow answer : split.getOutgoing()) {
      if (name(answer.getName()).isBlank()) {
        findings.add(
            diagram.finding(
                answer, Rule.GATEWAY_WORDS, "The flow does not say which answer it is. Name it."));
      }
      if (!answer.equals(otherwise) && answer.getConditionExpression() == null) {
        findings.add(
            diagram.finding(
                answer, Rule.GATEWAY_DEFAULT, "The flow has no condition and is not the default."));
      }
    }
  }

  private static void checkSilent(Diagram diagram, Gateway gateway, List<Finding> findings) {
    if (!name(gateway.getName()).isBlank()) {
      findings.add(
          diagram.finding(
              gateway,
              Rule.GATEWAY_WORDS,
              "It only joins or waits, so it carries no label; it has '%s'."
                  .formatted(gateway.getName())));
    }
  }

  private static String name(@Nullable String name) {
    return name == null ? "" : name.strip();
  }
}
