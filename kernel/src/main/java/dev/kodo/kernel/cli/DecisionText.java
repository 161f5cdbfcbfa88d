package dev.kodo.kernel.cli;

import com.fasterxml.jackson.databind.JsonNode;

/** An open decision with the commands that answer it. */
final class DecisionText {
  private DecisionText() {}

  static String of(JsonNode decision) {
    String id = decision.path("decisionId").asText();
    StringBuilder text = new StringBuilder();
    text.append(decision.path("agentId").asText()).append(" asks: ");
    text.append(decision.path("question").asText()).append('\n');
    String detail = decision.path("detail").asText("");
    if (!detail.isBlank() && !detail.equals("null")) {
      text.append("    ").append(detail.strip().replace("\n", "\n    ")).append('\n');
    }
    text.append("    due ").append(decision.path("dueAt").asText()).append("; overdue means no\n");
    text.append("    kodo approve ").append(id).append("   or   kodo reject ").append(id);
    return text.toString();
  }
}
