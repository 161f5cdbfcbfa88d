package dev.kodo.kernel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kodo.kernel.home.Json;
import dev.kodo.kernel.problem.ExitCode;
import dev.kodo.kernel.problem.Problem;
import dev.kodo.kernel.problem.ProblemCode;
import dev.kodo.kernel.workers.WorkersApi;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
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
  final ExitCode run() throws IOException {
    Running.require(session());
    WorkersApi api = session().api(Duration.ofSeconds(15));
    JsonNode decision = find(api.get("/decisions"));
    Optional<SpendMore> money = approved ? SpendMore.of(session(), decision) : Optional.empty();
    String question = DecisionText.question(decision, money);
    say(question);
    requireRead(decision, question, money.isPresent());
    ObjectNode body = Json.object();
    body.put("approved", approved).put("comment", comment);
    body.put("hash", decision.path("hash").asText());
    String known = decision.path("decisionId").asText();
    String result = api.post("/decisions/" + known, body).path("result").asText();
    say(known + " -> " + result);
    if (result.equals("approved") && money.isPresent()) {
      money.get().apply(session());
      say("Raised. In force from the next call on; it ends with the day.");
    }
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

  /**
   * The answer counts for the text that was read. A question that was never shown is the one that
   * was just printed, unless money is at stake.
   */
  private void requireRead(JsonNode decision, String question, boolean money) {
    ShownDecisions shown = ShownDecisions.of(session().home());
    Optional<String> read = shown.text(decision.path("decisionId").asText());
    if (read.isEmpty() && !money) {
      return;
    }
    if (!read.equals(Optional.of(ShownDecisions.mark(decision, question)))) {
      shown.add(decision, question);
      throw new Problem(
          read.isEmpty() ? ProblemCode.DECISION_UNREAD : ProblemCode.DECISION_CHANGED,
          "Expected decision "
              + decision.path("decisionId").asText()
              + " to be what `kodo approvals` showed, but "
              + (read.isEmpty() ? "it was not shown yet." : "its text has changed."));
    }
  }
}
