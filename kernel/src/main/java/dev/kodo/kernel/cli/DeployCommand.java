package dev.kodo.kernel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kodo.kernel.home.Json;
import dev.kodo.kernel.problem.ExitCode;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Brings edited diagrams into the engine. */
@Command(
    name = "deploy",
    description = {
      "Check the diagrams and forms of the installation and bring the changed ones into the"
          + " engine.",
      "A running heartbeat finishes on the old diagram; the next one uses the new."
    },
    footer = {"%nExamples:", "  kodo deploy --dry-run   check only", "  kodo deploy"})
final class DeployCommand extends KodoCommand {
  @Option(names = "--dry-run", description = "Check and show, but deploy nothing.")
  private boolean dryRun;

  @Option(names = "--json", description = "Print the results as JSON.")
  private boolean json;

  DeployCommand(Session session) {
    super(session);
  }

  @Override
  ExitCode run() {
    Running.require(session());
    ObjectNode body = Json.object().put("dryRun", dryRun);
    JsonNode answer = session().api(Duration.ofSeconds(60)).post("/deploy", body);
    if (json) {
      say(Json.print(answer));
    }
    boolean refused = false;
    for (JsonNode result : answer.path("results")) {
      refused |= result.path("result").asText().equals("refused");
      if (!json) {
        show(result);
      }
    }
    return refused ? ExitCode.FAILED : ExitCode.OK;
  }

  private void show(JsonNode result) {
    int version = result.path("version").asInt();
    say(
        "%-10s %s%s"
            .formatted(
                result.path("result").asText(),
                result.path("resource").asText(),
                version == 0 ? "" : " (version " + version + ")"));
    result.path("problems").forEach(problem -> say("           " + problem.asText()));
  }
}
