package dev.kodo.kernel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** An open decision with the commands that answer it. */
final class DecisionText {
  private DecisionText() {}

  /** What is asked, and how to answer. */
  static String of(JsonNode decision, String question) {
    String id = decision.path("decisionId").asText();
    return question + "\n    kodo approve " + id + "   or   kodo reject " + id;
  }

  /** All that an answer is bound to. */
  static String question(JsonNode decision, Optional<SpendMore> money) {
    StringBuilder text = new StringBuilder();
    text.append(decision.path("agentId").asText()).append(" asks: ");
    text.append(decision.path("question").asText()).append('\n');
    String detail = decision.path("detail").asText("");
    if (!detail.isBlank() && !detail.equals("null")) {
      text.append("    ").append(detail.strip().replace("\n", "\n    ")).append('\n');
    }
    money.ifPresent(more -> text.append("    ").append(more.sentence()).append('\n'));
    text.append("    due ").append(decision.path("dueAt").asText()).append("; overdue means no");
    return text.toString();
  }
}
