package dev.kodo.process;

import io.camunda.client.api.command.ClientStatusException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The engine found something wrong that the checks before it had not: nothing was deployed. */
final class DeploymentRefused extends RuntimeException {
  DeploymentRefused(ClientStatusException refusal) {
    super(String.valueOf(refusal.getMessage()), refusal);
  }

  /**
   * The engine's words, under each file that they name; under all files when they name none.
   *
   * @param given what was to be deployed
   */
  Map<String, List<String>> problems(List<Resource> given) {
    String words = String.valueOf(getMessage());
    List<Resource> named =
        given.stream().filter(file -> words.contains("'" + file.name() + "'")).toList();
    Map<String, List<String>> problems = new HashMap<>();
    for (Resource file : named.isEmpty() ? given : named) {
      problems.put(file.name(), List.of("The engine refused it: " + words));
    }
    return problems;
  }
}
