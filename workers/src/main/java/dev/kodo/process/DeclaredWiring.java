package dev.kodo.process;

import java.util.Map;
import java.util.Set;

/** What the body declares to the diagrams; checked against them before a deployment. */
@FunctionalInterface
public interface DeclaredWiring {
  /** Each job type that has a worker, with the BPMN errors that it may throw. */
  Map<String, Set<ErrorCode>> errorsByJobType();

  /**
   * Each job type that people build with in diagrams of their own, with the fields that a task must
   * not leave empty.
   */
  default Map<String, Set<String>> fieldsToFill() {
    return Map.of();
  }
}
