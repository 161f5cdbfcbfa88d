package dev.kodo.process.lint;

import io.camunda.zeebe.model.bpmn.instance.Message;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeTaskDefinition;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the body offers and no diagram takes: usually a slip of the pen on one of the two sides. */
record UnusedRules(Wiring wiring) {
  private static final String BODY = "body";

  List<Finding> check(Library library) {
    Set<String> types =
        library.diagrams().stream()
            .flatMap(diagram -> diagram.all(ZeebeTaskDefinition.class).stream())
            .map(job -> String.valueOf(job.getType()))
            .collect(Collectors.toCollection(HashSet::new));
    types.addAll(wiring.buildingBlocks());
    Set<String> messages =
        library.diagrams().stream()
            .flatMap(diagram -> diagram.all(Message.class).stream())
            .map(message -> String.valueOf(message.getName()))
            .collect(Collectors.toSet());
    return Stream.concat(
            unused(
                wiring.jobTypes(),
                types,
                Rule.WORKER_HAS_JOB_TYPE,
                "No diagram has a task of this job type."),
            unused(
                wiring.messageNames(),
                messages,
                Rule.MESSAGE_HAS_RECEIVER,
                "No diagram waits for this message."))
        .toList();
  }

  private static Stream<Finding> unused(
      Set<String> offered, Set<String> taken, Rule rule, String message) {
    return offered.stream()
        .filter(name -> !taken.contains(name))
        .map(name -> new Finding(BODY, name, rule, message));
  }
}
