package dev.kodo.kernel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kodo.kernel.home.Json;
import dev.kodo.kernel.problem.ExitCode;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists what waits for a person. */
@Command(
    name = "approvals",
    description = "List the questions that wait for your answer.",
    footer = {"%nExamples:", "  kodo approvals", "  kodo approve D-7 --comment \"go on\""})
final class ApprovalsCommand extends KodoCommand {
  @Option(names = "--json", description = "Print them as JSON.")
  private boolean json;

  ApprovalsCommand(Session session) {
    super(session);
  }

  @Override
  ExitCode run() {
    Running.require(session());
    JsonNode decisions = session().api(Duration.ofSeconds(10)).get("/decisions");
    if (json) {
      say(Json.print(decisions));
    } else if (decisions.isEmpty()) {
      say("Nothing waits for you.");
    } else {
      decisions.forEach(decision -> say(DecisionText.of(decision)));
    }
    ShownDecisions.of(session().home()).replaceBy(decisions);
    return ExitCode.OK;
  }
}
