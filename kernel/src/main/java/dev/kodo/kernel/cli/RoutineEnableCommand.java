package dev.kodo.kernel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kodo.kernel.home.Json;
import dev.kodo.kernel.workers.WorkersApi;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Switch a routine on; times that passed meanwhile do not count. */
@Command(
    name = "enable",
    description = "Switch a routine on; times that passed meanwhile do not count.",
    footer = {"%nExamples:", "  kodo routine enable morning-news"})
final class RoutineEnableCommand extends RoutineAction {
  @Parameters(paramLabel = "NAME", description = "The routine, as in kodo routine list.")
  private String name = "";

  RoutineEnableCommand(Session session) {
    super(session);
  }

  @Override
  JsonNode ask(WorkersApi api, String path) {
    return api.post(path + "/" + checked(name) + "/enable", Json.object());
  }

  @Override
  String text(JsonNode answer, String agent) {
    return "The routine " + name + " of " + agent + " is on.";
  }
}
