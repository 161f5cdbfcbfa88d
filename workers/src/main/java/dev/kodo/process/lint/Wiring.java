package dev.kodo.process.lint;

import java.util.Map;
import java.util.Set;

/**
 * What the body declares to the diagrams.
 *
 * @param errorCodesByJobType each job type that has a worker, with the BPMN error codes which that
 *     worker may throw
 * @param messageNames messages that the body or a person's command publishes
 */
public record Wiring(Map<String, Set<String>> errorCodesByJobType, Set<String> messageNames) {
  public Wiring {
    errorCodesByJobType = Map.copyOf(errorCodesByJobType);
    messageNames = Set.copyOf(messageNames);
  }

  Set<String> jobTypes() {
    return errorCodesByJobType.keySet();
  }

  Set<String> errorCodesOf(String jobType) {
    return errorCodesByJobType.getOrDefault(jobType, Set.of());
  }
}
