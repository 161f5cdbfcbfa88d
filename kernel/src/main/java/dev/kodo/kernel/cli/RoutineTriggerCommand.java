package dev.kodo.kernel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kodo.kernel.home.Json;
import dev.kodo.kernel.workers.WorkersApi;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Sends a word to the routines that wait for it. */
@Command(
    name = "trigger",
    description = {
      "Send a word to the routines that wait for it (`when: {message: WORD}`).",
      "Another system sends it through the engine: message routine-trigger, see docs/routines.md."
    },
    footer = {"%nExamples:", "  kodo routine trigger build-finished"})
final class RoutineTriggerCommand extends RoutineAction {
  @Parameters(paramLabel = "WORD", description = "The word, such as build-finished.")
  private String word = "";

  RoutineTriggerCommand(Session session) {
    super(session);
  }

  @Override
  JsonNode ask(WorkersApi api, String path) {
    return api.post(path + "/trigger", Json.object().put("message", word));
  }

  @Override
  String text(JsonNode answer, String agent) {
    StringBuilder names = new StringBuilder();
    answer
        .path("routines")
        .forEach(name -> names.append(names.isEmpty() ? "" : ", ").append(name.asText()));
    return names.isEmpty()
        ? "Sent, but no routine of " + agent + " waits for " + word + "."
        : "Sent to: " + names + ".";
  }
}
