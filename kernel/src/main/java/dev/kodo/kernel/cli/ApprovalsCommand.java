package dev.kodo.kernel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kodo.kernel.home.Json;
import dev.kodo.kernel.problem.ExitCode;
import dev.kodo.kernel.problem.Problem;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
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
      ShownDecisions.of(session().home()).replaceBy(Map.of());
    } else {
      Map<JsonNode, String> printed = new LinkedHashMap<>();
      for (JsonNode decision : decisions) {
        String question = DecisionText.question(decision, money(decision));
        say(DecisionText.of(decision, question));
        printed.put(decision, question);
      }
      ShownDecisions.of(session().home()).replaceBy(printed);
    }
    return ExitCode.OK;
  }

  /** One question that cannot be completed must not hide the others; it is shown again before. */
  private Optional<SpendMore> money(JsonNode decision) {
    try {
      return SpendMore.of(session(), decision);
    } catch (Problem guardIsSilent) {
      return Optional.empty();
    }
  }
}
