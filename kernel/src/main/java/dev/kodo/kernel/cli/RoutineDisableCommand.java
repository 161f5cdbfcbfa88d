package dev.kodo.kernel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kodo.kernel.home.Json;
import dev.kodo.kernel.workers.WorkersApi;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Switch a routine off; a run that goes on ends by itself. */
@Command(
    name = "disable",
    description = "Switch a routine off; a run that goes on ends by itself.",
    footer = {"%nExamples:", "  kodo routine disable morning-news"})
final class RoutineDisableCommand extends RoutineAction {
  @Parameters(paramLabel = "NAME", description = "The routine, as in kodo routine list.")
  private String name = "";

  RoutineDisableCommand(Session session) {
    super(session);
  }

  @Override
  JsonNode ask(WorkersApi api, String path) {
    return api.post(path + "/" + checked(name) + "/disable", Json.object());
  }

  @Override
  String text(JsonNode answer, String agent) {
    return "The routine " + name + " of " + agent + " is off.";
  }
}
