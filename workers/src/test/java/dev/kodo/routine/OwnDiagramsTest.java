package dev.kodo.routine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kodo.process.scenario.ProjectFiles;
import io.camunda.zeebe.model.bpmn.Bpmn;
import io.camunda.zeebe.model.bpmn.BpmnModelInstance;
import io.camunda.zeebe.model.bpmn.instance.CallActivity;
import io.camunda.zeebe.model.bpmn.instance.Process;
import io.camunda.zeebe.model.bpmn.instance.StartEvent;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeCalledElement;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No routine starts a part of the agent itself. */
class OwnDiagramsTest {
  private final Map<String, Set<String>> calls = new HashMap<>();
  private final Set<String> startedByEvents = new HashSet<>();

  /**
   * Diagrams that an event starts, and all that they call: what lives without a person. A diagram
   * for a routine has a plain start, and nothing but a routine calls it.
   */
  @Test
  void areAllThatLiveWithoutAPerson() {
    ProjectFiles.resources().stream()
        .filter(file -> file.toString().endsWith(".bpmn"))
        .forEach(this::read);
    Set<String> alive = new TreeSet<>(startedByEvents);
    for (int before = -1; before != alive.size(); ) {
      before = alive.size();
      alive.addAll(
          Set.copyOf(alive).stream()
              .map(calls::get)
              .flatMap(Collection::stream)
              .filter(id -> !id.startsWith("="))
              .toList());
    }

    assertThat(RoutineEntry.OWN_DIAGRAMS)
        .as("the diagrams that RoutineEntry refuses, against those in processes/")
        .containsExactlyInAnyOrderElementsOf(alive);
  }

  static Set<String> own() {
    return RoutineEntry.OWN_DIAGRAMS;
  }

  @ParameterizedTest
  @MethodSource("own")
  void areRefused(String process) {
    RoutineFile file =
        RoutineFile.parse("x:\n  when: {message: go}\n  process: %s\n".formatted(process));

    assertThat(file.routines()).isEmpty();
    assertThat(file.problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.sentence()).contains(process, "of your own"));
  }

  private void read(Path file) {
    BpmnModelInstance model = Bpmn.readModelFromFile(file.toFile());
    String id = model.getModelElementsByType(Process.class).iterator().next().getId();
    calls.put(
        id,
        model.getModelElementsByType(CallActivity.class).stream()
            .map(call -> call.getSingleExtensionElement(ZeebeCalledElement.class).getProcessId())
            .collect(Collectors.toSet()));
    boolean byEvent =
        model.getModelElementsByType(StartEvent.class).stream()
            .filter(start -> start.getParentElement() instanceof Process)
            .anyMatch(start -> !start.getEventDefinitions().isEmpty());
    if (byEvent) {
      startedByEvents.add(id);
    }
  }
}
