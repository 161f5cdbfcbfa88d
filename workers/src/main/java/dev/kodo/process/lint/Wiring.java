package dev.kodo.process.lint;

import java.util.Map;
import java.util.Set;

/**
 * What the body declares to the diagrams.
 *
 * @param errorCodesByJobType each job type that has a worker, with the BPMN error codes which that
 *     worker may throw
 * @param messageNames messages that the body or a person's command publishes
 * @param fieldsToFill each job type that people build with in diagrams of their own, with the
 *     inputs that the task itself has to give
 */
public record Wiring(
    Map<String, Set<String>> errorCodesByJobType,
    Set<String> messageNames,
    Map<String, Set<String>> fieldsToFill) {
  public Wiring {
    errorCodesByJobType = Map.copyOf(errorCodesByJobType);
    messageNames = Set.copyOf(messageNames);
    fieldsToFill = Map.copyOf(fieldsToFill);
  }

  /** A body without building blocks. */
  public Wiring(Map<String, Set<String>> errorCodesByJobType, Set<String> messageNames) {
    this(errorCodesByJobType, messageNames, Map.of());
  }

  Set<String> jobTypes() {
    return errorCodesByJobType.keySet();
  }

  /** Job types that wait for a diagram of a person, and need not be on one of Kodo's. */
  Set<String> buildingBlocks() {
    return fieldsToFill.keySet();
  }

  Set<String> fieldsToFill(String jobType) {
    return fieldsToFill.getOrDefault(jobType, Set.of());
  }

  Set<String> errorCodesOf(String jobType) {
    return errorCodesByJobType.getOrDefault(jobType, Set.of());
  }
}
