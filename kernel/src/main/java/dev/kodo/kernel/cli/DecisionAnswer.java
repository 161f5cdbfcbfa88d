package dev.kodo.kernel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kodo.kernel.home.Json;
import dev.kodo.kernel.problem.ExitCode;
import dev.kodo.kernel.problem.Problem;
import dev.kodo.kernel.problem.ProblemCode;
import dev.kodo.kernel.workers.WorkersApi;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Answers one decision, bound to the hash of what was shown. */
abstract class DecisionAnswer extends KodoCommand {
  private final boolean approved;

  @Parameters(paramLabel = "ID", description = "The id that kodo approvals shows.")
  private String id = "";

  @Option(names = "--comment", paramLabel = "TEXT", description = "Kept with the answer.")
  private String comment = "";

  DecisionAnswer(Session session, boolean approved) {
    super(session);
    this.approved = approved;
  }

  @Override
  final ExitCode run() {
    Running.require(session());
    WorkersApi api = session().api(Duration.ofSeconds(15));
    JsonNode decision = find(api.get("/decisions"), id);
    ObjectNode body = Json.object();
    body.put("approved", approved).put("comment", comment);
    body.put("hash", decision.path("hash").asText());
    String result =
        api.post("/decisions/" + decision.path("decisionId").asText(), body)
            .path("result")
            .asText();
    say(decision.path("question").asText() + " -> " + result);
    return result.equals("approved") || result.equals("rejected") ? ExitCode.OK : ExitCode.FAILED;
  }

  private static JsonNode find(JsonNode decisions, String id) {
    List<JsonNode> matches = new ArrayList<>();
    for (JsonNode decision : decisions) {
      if (decision.path("decisionId").asText().startsWith(id)) {
        matches.add(decision);
      }
    }
    if (id.isBlank() || matches.size() != 1) {
      throw new Problem(
          ProblemCode.DECISION_UNKNOWN,
          "Expected one open decision that starts with "
              + id
              + ", but found "
              + matches.size()
              + ".");
    }
    return matches.getFirst();
  }
}
