package dev.kodo.kernel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** The report of the guard as a person reads it. */
final class BudgetText {
  private static final int BAR = 24;
  private static final Duration MUCH = Duration.ofHours(1);

  private final StringBuilder text = new StringBuilder();
  private final JsonNode report;

  private BudgetText(JsonNode report) {
    this.report = report;
  }

  /** The whole report, with the past calls put together as {@code by} says. */
  static String of(JsonNode report, String by) {
    BudgetText writer = new BudgetText(report);
    writer.now();
    writer.raised();
    writer.warnings();
    writer.lines(by);
    writer.days();
    return writer.text.toString().stripTrailing();
  }

  private void now() {
    JsonNode caps = report.path("caps");
    JsonNode spent = report.path("spent");
    line("Spent on " + report.path("day").asText() + ", with what is set aside for open calls:");
    bar("all agents, day", spent.path("day").asText(), caps.path("per-day").asText());
    bar("all agents, hour", spent.path("hour").asText(), caps.path("per-hour").asText());
    for (JsonNode agent : report.path("agents")) {
      bar(
          "agent " + agent.path("agent").asText(),
          agent.path("spent").asText(),
          agent.path("cap").asText());
    }
    line(
        "At most "
            + Money.text(caps.path("per-heartbeat").asText())
            + " per heartbeat and "
            + Money.text(caps.path("per-call").asText())
            + " per call; a call of unknown price counts "
            + Money.text(caps.path("unknown-price").asText())
            + ". Prices as of "
            + report.path("pricesAsOf").asText()
            + ".");
  }

  private void raised() {
    JsonNode raised = report.path("raisedToday");
    if (raised.isObject()) {
      StringBuilder more = new StringBuilder();
      more.append("The caps of the day are raised for today only, by your yes to ");
      more.append(raised.path("decision").asText()).append(": all agents by ");
      more.append(Money.text(raised.path("per-day").asText()));
      raised
          .path("agents")
          .properties()
          .forEach(
              agent ->
                  more.append(", agent ")
                      .append(agent.getKey())
                      .append(" by ")
                      .append(Money.text(agent.getValue().asText())));
      line(more.append('.').toString());
    }
  }

  private void bar(String name, String spent, String cap) {
    int filled = share(new BigDecimal(spent), new BigDecimal(cap), BAR);
    line(
        "  "
            + Columns.left(name, 18)
            + "["
            + "#".repeat(filled)
            + "·".repeat(BAR - filled)
            + "] "
            + Columns.left(Money.text(spent) + " of " + Money.text(cap), 22)
            + share(new BigDecimal(spent), new BigDecimal(cap), 100)
            + " %");
  }

  /** Rounded up, so that nothing spent looks like nothing. */
  private static int share(BigDecimal part, BigDecimal whole, int steps) {
    if (whole.signum() == 0) {
      return part.signum() == 0 ? 0 : steps;
    }
    return part.multiply(BigDecimal.valueOf(steps))
        .divide(whole, 0, RoundingMode.CEILING)
        .min(BigDecimal.valueOf(steps))
        .intValue();
  }

  private void warnings() {
    String trouble = report.path("trouble").asText();
    if (!trouble.isEmpty()) {
      line(("An edit is not in force: " + trouble + " " + report.path("next").asText()).strip());
    }
    for (JsonNode model : report.path("unpriced")) {
      line("Nobody says what " + model.asText() + " costs; write its price into prices.yml.");
    }
    Instant window = Instant.parse(report.path("window").asText());
    Instant now = Instant.parse(report.path("at").asText());
    if (Duration.between(now, window).compareTo(MUCH) > 0) {
      line(
          "The clock once said "
              + window
              + ". Until it does again no new window opens; docs/budget.md says what to do.");
    }
  }

  private void lines(String by) {
    line("");
    row(by.toUpperCase(Locale.ROOT), "CALLS", "SPENT", "SET ASIDE", "TOKENS IN", "TOKENS OUT");
    for (JsonNode entry : report.path("lines")) {
      row(
          entry.path("name").asText().isEmpty() ? "-" : entry.path("name").asText(),
          entry.path("calls").asText(),
          Money.text(entry.path("spent").asText()),
          Money.text(entry.path("open").asText()),
          input(entry),
          entry.path("outputTokens").asText());
    }
    if (report.path("lines").isEmpty()) {
      line("  no calls in this time");
    }
  }

  /** What nobody said is not shown as 0. */
  private static String input(JsonNode entry) {
    String all = entry.path("inputTokens").asText();
    return entry.hasNonNull("cachedTokens")
        ? all + " (" + entry.path("cachedTokens").asText() + " cached)"
        : all;
  }

  private void row(String name, String calls, String spent, String open, String in, String out) {
    line(
        "  "
            + Columns.left(name, 34)
            + Columns.right(calls, 7)
            + Columns.right(spent, 15)
            + Columns.right(open, 15)
            + Columns.right(in, 25)
            + Columns.right(out, 12));
  }

  private void days() {
    BigDecimal most = BigDecimal.ZERO;
    for (JsonNode day : report.path("days")) {
      most = most.max(new BigDecimal(day.path("spent").asText()));
    }
    line("");
    for (JsonNode day : report.path("days")) {
      int filled = share(new BigDecimal(day.path("spent").asText()), most, BAR);
      line(
          "  "
              + day.path("name").asText()
              + " "
              + Columns.left("#".repeat(filled), BAR + 1)
              + Money.text(day.path("spent").asText())
              + ", "
              + day.path("calls").asText()
              + " calls");
    }
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
