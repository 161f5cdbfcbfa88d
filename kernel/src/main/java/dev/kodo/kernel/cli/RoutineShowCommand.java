package dev.kodo.kernel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kodo.kernel.workers.WorkersApi;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** One routine with its limits and its last runs. */
@Command(
    name = "show",
    description = "Show one routine: what it does, its limits, and its last runs with their costs.",
    footer = {"%nExamples:", "  kodo routine show morning-news"})
final class RoutineShowCommand extends RoutineAction {
  @Parameters(paramLabel = "NAME", description = "The routine, as in kodo routine list.")
  private String name = "";

  RoutineShowCommand(Session session) {
    super(session);
  }

  @Override
  JsonNode ask(WorkersApi api, String path) {
    return api.get(path + "/" + checked(name));
  }

  @Override
  String text(JsonNode answer, String agent) {
    return RoutineText.show(answer, zone());
  }
}
