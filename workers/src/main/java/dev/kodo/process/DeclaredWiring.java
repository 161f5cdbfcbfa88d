package dev.kodo.process;

import java.util.Map;
import java.util.Set;

/** What the body declares to the diagrams; checked against them before a deployment. */
@FunctionalInterface
public interface DeclaredWiring {
  /** Each job type that has a worker, with the BPMN errors that it may throw. */
  Map<String, Set<ErrorCode>> errorsByJobType();
}
