package dev.kodo.kernel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kodo.kernel.home.Json;
import dev.kodo.kernel.problem.ExitCode;
import dev.kodo.kernel.problem.Problem;
import dev.kodo.kernel.problem.ProblemCode;
import dev.kodo.kernel.workers.WorkersApi;
import java.time.Duration;
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
    JsonNode decision = find(api.get("/decisions"));
    say(DecisionText.question(decision));
    String shown = shownHash(decision);
    ObjectNode body = Json.object();
    body.put("approved", approved).put("comment", comment).put("hash", shown);
    String known = decision.path("decisionId").asText();
    String result = api.post("/decisions/" + known, body).path("result").asText();
    say(known + " -> " + result);
    return result.equals("approved") || result.equals("rejected") ? ExitCode.OK : ExitCode.FAILED;
  }

  /** Ids are numbered, so the beginning of one may be another one as a whole. */
  private JsonNode find(JsonNode decisions) {
    for (JsonNode decision : decisions) {
      if (decision.path("decisionId").asText().equalsIgnoreCase(id.strip())) {
        return decision;
      }
    }
    throw new Problem(
        ProblemCode.DECISION_UNKNOWN, "Expected the id of an open decision, but got " + id + ".");
  }

  /** The question that was never shown before is the one that was just printed. */
  private String shownHash(JsonNode decision) {
    String present = decision.path("hash").asText();
    ShownDecisions shown = ShownDecisions.of(session().home());
    String read = shown.hash(decision.path("decisionId").asText()).orElse(present);
    if (!read.equals(present)) {
      shown.add(decision);
      throw new Problem(
          ProblemCode.DECISION_CHANGED,
          "Expected decision "
              + decision.path("decisionId").asText()
              + " to be what `kodo approvals` showed, but its text has changed.");
    }
    return read;
  }
}
