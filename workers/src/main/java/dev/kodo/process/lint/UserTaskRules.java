package dev.kodo.process.lint;

import io.camunda.zeebe.model.bpmn.instance.TimerEventDefinition;
import io.camunda.zeebe.model.bpmn.instance.UserTask;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeAssignmentDefinition;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeFormDefinition;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeTaskSchedule;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeUserTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A task for a person can be found, understood and answered, and silence has a meaning. */
record UserTaskRules(Library library) implements DiagramRule {
  @Override
  public List<Finding> check(Diagram diagram) {
    return diagram.all(UserTask.class).stream()
        .flatMap(task -> check(diagram, task).stream())
        .toList();
  }

  private List<Finding> check(Diagram diagram, UserTask task) {
    List<Finding> findings = new ArrayList<>();
    missing(task)
        .forEach(what -> findings.add(diagram.finding(task, Rule.USER_TASK_COMPLETE, what)));
    Diagram.extension(task, ZeebeFormDefinition.class)
        .map(ZeebeFormDefinition::getFormId)
        .filter(formId -> !library.forms().contains(formId))
        .ifPresent(
            formId ->
                findings.add(
                    diagram.finding(
                        task,
                        Rule.FORM_EXISTS,
                        "It shows the form '%s', which no file holds. Add the form or correct the id."
                            .formatted(formId))));
    return findings;
  }

  private static Stream<String> missing(UserTask task) {
    return Stream.of(
            Diagram.extension(task, ZeebeUserTask.class).isEmpty()
                ? "It is a job, not a user task of the engine. Set its implementation to Camunda user task."
                : null,
            Diagram.extension(task, ZeebeFormDefinition.class)
                    .filter(form -> isSet(form.getFormId()))
                    .isEmpty()
                ? "It has no linked form. Set the form id."
                : null,
            Diagram.extension(task, ZeebeAssignmentDefinition.class)
                    .filter(UserTaskRules::namesSomebody)
                    .isEmpty()
                ? "Nobody is to do it. Set an assignee or a candidate group."
                : null,
            Diagram.extension(task, ZeebeTaskSchedule.class)
                    .filter(schedule -> isSet(schedule.getDueDate()))
                    .isEmpty()
                ? "It has no due date. Set one."
                : null,
            hasTimer(task)
                ? null
                : "Nothing happens when nobody answers. Attach an interrupting timer: overdue means no.")
        .filter(Objects::nonNull);
  }

  private static boolean namesSomebody(ZeebeAssignmentDefinition assignment) {
    return isSet(assignment.getAssignee())
        || isSet(assignment.getCandidateGroups())
        || isSet(assignment.getCandidateUsers());
  }

  private static boolean hasTimer(UserTask task) {
    return task.getBoundaryEvents().stream()
        .anyMatch(
            event ->
                event.cancelActivity()
                    && event.getEventDefinitions().stream()
                        .anyMatch(TimerEventDefinition.class::isInstance));
  }

  private static boolean isSet(@Nullable String value) {
    return value != null && !value.isBlank();
  }
}
