package dev.kodo.kernel.cli;

import com.fasterxml.jackson.databind.JsonNode;

/** The budget in one line, for the status. */
final class BudgetLine {
  private BudgetLine() {}

  static String text(JsonNode budget) {
    JsonNode spent = budget.path("spent");
    JsonNode caps = budget.path("caps");
    String line =
        "Budget: "
            + Money.text(spent.path("day").asText())
            + " of "
            + Money.text(caps.path("per-day").asText())
            + " today, "
            + Money.text(spent.path("hour").asText())
            + " of "
            + Money.text(caps.path("per-hour").asText())
            + " this hour";
    String trouble = budget.path("trouble").asText("");
    return trouble.isEmpty() ? line : line + ". An edit is not in force: " + trouble;
  }
}
