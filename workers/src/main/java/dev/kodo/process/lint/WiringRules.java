package dev.kodo.process.lint;

import io.camunda.zeebe.model.bpmn.instance.BaseElement;
import io.camunda.zeebe.model.bpmn.instance.Message;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeInput;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeIoMapping;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeTaskDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Everything that a diagram asks of the body is there. */
record WiringRules(Wiring wiring) implements DiagramRule {
  @Override
  public List<Finding> check(Diagram diagram) {
    List<Finding> findings = new ArrayList<>();
    for (ZeebeTaskDefinition job : diagram.all(ZeebeTaskDefinition.class)) {
      BaseElement task = (BaseElement) job.getParentElement().getParentElement();
      checkJobType(diagram, task, String.valueOf(job.getType()), findings);
      checkFields(diagram, task, String.valueOf(job.getType()), findings);
    }
    for (Message message : diagram.all(Message.class)) {
      checkMessage(diagram, message, String.valueOf(message.getName()), findings);
    }
    return findings;
  }

  private void checkJobType(
      Diagram diagram, BaseElement task, String type, List<Finding> findings) {
    if (!wiring.jobTypes().contains(type)) {
      findings.add(
          diagram.finding(
              task,
              Rule.JOB_TYPE_HAS_WORKER,
              "No worker serves the job type '%s'; a job would wait for ever. Correct the type or add the worker."
                  .formatted(type)));
    }
    if (!type.contains("-") || !Source.isKebab(type)) {
      findings.add(
          diagram.finding(
              task,
              Rule.ID_PATTERN,
              "The job type is '%s'. Expected kebab-case with the feature first, such as theme-pick."
                  .formatted(type)));
    }
  }

  private void checkFields(Diagram diagram, BaseElement task, String type, List<Finding> findings) {
    Set<String> filled =
        Diagram.extension(task, ZeebeIoMapping.class).stream()
            .flatMap(mapping -> mapping.getInputs().stream())
            .filter(input -> says(input.getSource()))
            .map(ZeebeInput::getTarget)
            .collect(Collectors.toSet());
    wiring.fieldsToFill(type).stream()
        .filter(field -> !filled.contains(field))
        .sorted()
        .forEach(
            field ->
                findings.add(
                    diagram.finding(
                        task,
                        Rule.FIELD_FILLED,
                        "The field '%s' of the job type '%s' is empty. Fill it in, in the properties of the task in Modeler."
                            .formatted(field, type))));
  }

  /** An equals sign alone is an expression that somebody began and did not write. */
  private static boolean says(@Nullable String source) {
    return source != null && !source.strip().replaceFirst("^=", "").isBlank();
  }

  private void checkMessage(Diagram diagram, Message message, String name, List<Finding> findings) {
    if (!wiring.messageNames().contains(name)) {
      findings.add(
          diagram.finding(
              message,
              Rule.MESSAGE_HAS_SENDER,
              "Nobody publishes the message '%s'. Correct the name or add its sender."
                  .formatted(name)));
    }
    if (!Source.isKebab(name)) {
      findings.add(
          diagram.finding(
              message,
              Rule.ID_PATTERN,
              "The message name is '%s'. Expected kebab-case.".formatted(name)));
    }
  }
}
