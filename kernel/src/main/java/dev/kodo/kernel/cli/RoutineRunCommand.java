package dev.kodo.kernel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kodo.kernel.home.Json;
import dev.kodo.kernel.workers.WorkersApi;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Run a routine now, whatever it waits for, within its usual limits. */
@Command(
    name = "run",
    description = "Run a routine now, whatever it waits for, within its usual limits.",
    footer = {"%nExamples:", "  kodo routine run morning-news"})
final class RoutineRunCommand extends RoutineAction {
  @Parameters(paramLabel = "NAME", description = "The routine, as in kodo routine list.")
  private String name = "";

  RoutineRunCommand(Session session) {
    super(session);
  }

  @Override
  JsonNode ask(WorkersApi api, String path) {
    return api.post(path + "/" + checked(name) + "/run", Json.object());
  }

  @Override
  String text(JsonNode answer, String agent) {
    return answer.path("result").asText().equals("running")
        ? "The routine " + name + " runs already; it runs once more after that."
        : "The routine " + name + " begins. `kodo routine show " + name + "` shows its runs.";
  }
}
