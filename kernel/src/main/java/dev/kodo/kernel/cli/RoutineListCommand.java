package dev.kodo.kernel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kodo.kernel.workers.WorkersApi;
import picocli.CommandLine.Command;

/** All routines of an agent, and what is wrong with their file. */
@Command(
    name = "list",
    description = {
      "Show an agent's routines: what starts them, when the next run is due, how the last one ended.",
      "An entry of routines.yml that cannot be used is shown with its line; the others run on."
    },
    footer = {"%nExamples:", "  kodo routine list", "  kodo routine list --agent night-owl --json"})
final class RoutineListCommand extends RoutineAction {
  RoutineListCommand(Session session) {
    super(session);
  }

  @Override
  JsonNode ask(WorkersApi api, String path) {
    return api.get(path);
  }

  @Override
  String text(JsonNode answer, String agent) {
    return RoutineText.list(answer, agent, zone());
  }
}
