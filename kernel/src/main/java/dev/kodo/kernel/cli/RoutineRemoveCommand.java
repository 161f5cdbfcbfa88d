package dev.kodo.kernel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kodo.kernel.home.Json;
import dev.kodo.kernel.workers.WorkersApi;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Take a routine out of routines.yml; its files and the comments stay. */
@Command(
    name = "remove",
    description = "Take a routine out of routines.yml; its files and the comments stay.",
    footer = {"%nExamples:", "  kodo routine remove morning-news"})
final class RoutineRemoveCommand extends RoutineAction {
  @Parameters(paramLabel = "NAME", description = "The routine, as in kodo routine list.")
  private String name = "";

  RoutineRemoveCommand(Session session) {
    super(session);
  }

  @Override
  JsonNode ask(WorkersApi api, String path) {
    return api.post(path + "/" + checked(name) + "/remove", Json.object());
  }

  @Override
  String text(JsonNode answer, String agent) {
    return "Removed the routine " + name + " of " + agent + ". Git keeps what it was.";
  }
}
