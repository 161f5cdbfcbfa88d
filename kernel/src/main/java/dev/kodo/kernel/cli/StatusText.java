package dev.kodo.kernel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kodo.kernel.config.Durations;
import dev.kodo.kernel.home.Printable;
import dev.kodo.kernel.workers.DiagramNews;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/** The status as a person reads it. */
final class StatusText {
  private final StringBuilder text = new StringBuilder();
  private final Instant now;
  private final ZoneId zone;

  private StatusText(Clock clock, ZoneId zone) {
    this.now = clock.instant();
    this.zone = zone;
  }

  /**
   * The status in lines.
   *
   * @param zone the owner's, in which times are shown
   */
  static String of(JsonNode status, Clock clock, ZoneId zone) {
    StatusText writer = new StatusText(clock, zone);
    writer.panic(status);
    if (status.path("running").asBoolean()) {
      writer.kernel(status.path("kernel"));
      writer.budget(status);
      writer.parts(status.path("kernel"));
      writer.agents(status);
      writer.stuck(status.path("workers").path("repair"));
      writer.decisions(status.path("decisions"));
    } else {
      writer.notRunning(status);
    }
    return writer.text.toString().stripTrailing();
  }

  private void panic(JsonNode status) {
    if (status.has("panic")) {
      JsonNode panic = status.path("panic");
      line(
          "PANIC: all agents were stopped by "
              + panic.path("by").asText("somebody")
              + " at "
              + panic.path("at").asText("an unknown time")
              + ". `kodo resume` lifts it.");
    }
  }

  private void notRunning(JsonNode status) {
    if (status.has("orphans")) {
      line("The kernel is gone, but these parts still run: " + joined(status.path("orphans")));
      line("`kodo up` takes them over, `kodo down` ends them.");
    } else {
      line("Kodo is not running. Start it with `kodo up`.");
    }
  }

  private void kernel(JsonNode kernel) {
    line(
        "Kodo is "
            + kernel.path("phase").asText()
            + " since "
            + ago(kernel, "startedAt")
            + " (pid "
            + kernel.path("pid").asText()
            + ", "
            + kernel.path("home").asText()
            + ")");
    for (JsonNode step : kernel.path("steps")) {
      if (step.path("state").asText().equals("running")) {
        line("  now: " + step.path("title").asText() + ", " + step.path("detail").asText());
      }
    }
    if (kernel.has("model")) {
      line("Model: " + Panel.model(kernel.path("model")));
    }
    line("Workspace: " + kernel.path("workspace").asText());
    JsonNode operate = kernel.path("operate");
    if (!operate.isMissingNode()) {
      line("Operate: " + operate.path("operate").asText());
      line("Tasklist: " + operate.path("tasklist").asText());
      line(
          "Log-in: "
              + operate.path("user").asText()
              + "; the password: cat "
              + operate.path("passwordFile").asText());
    }
  }

  private void budget(JsonNode status) {
    if (status.has("budget")) {
      line(BudgetLine.text(status.path("budget")));
    }
    status.path("models").forEach(model -> ModelLine.of(model, now).forEach(this::line));
  }

  private void parts(JsonNode kernel) {
    line("");
    row("PART", "STATE", "PID", "FOR", "RESTARTS");
    for (JsonNode part : kernel.path("parts")) {
      row(
          part.path("name").asText(),
          part.path("state").asText(),
          part.path("pid").asText("-").replace("null", "-"),
          ago(part, "since"),
          part.path("restarts").asText());
      String error = part.path("lastError").asText("");
      // What a part said while it was starting for the first time is no trouble.
      boolean troubled =
          !part.path("state").asText().equals("healthy") || part.path("restarts").asInt() > 0;
      if (troubled && !error.isEmpty() && !error.equals("null")) {
        line("             last trouble: " + error);
      }
    }
    line("");
  }

  private void row(String part, String state, String pid, String since, String restarts) {
    line(
        "  "
            + Columns.left(part, 11)
            + Columns.left(state, 12)
            + Columns.right(pid, 8)
            + "  "
            + Columns.left(since, 15)
            + restarts);
  }

  private void agents(JsonNode status) {
    if (status.has("workersSilent")) {
      line("The workers did not answer in time: " + status.path("workersSilent").asText());
    }
    JsonNode workers = status.path("workers");
    workers.path("agents").forEach(agent -> line(AgentText.of(agent, now, zone)));
    workers.path("models").forEach(this::provider);
    int refused = workers.path("outbox").path("refused").asInt();
    if (refused > 0) {
      line(
          refused
              + " entries of the workers are not in the audit log: "
              + workers.path("outbox").path("why").asText()
              + " `kodo doctor` says what to do.");
    }
    DiagramNews.of(workers.path("deployment")).ifPresent(this::line);
  }

  /** A provider that answers is not worth a line. */
  private void provider(JsonNode provider) {
    if (!provider.path("breaker").asText("closed").equals("closed")) {
      line(
          "Model "
              + provider.path("provider").asText()
              + "/"
              + provider.path("model").asText()
              + " (class "
              + provider.path("class").asText()
              + ") is left alone, breaker "
              + provider.path("breaker").asText()
              + ": "
              + provider.path("lastFailure").asText());
    }
  }

  private void stuck(JsonNode repair) {
    if (repair.hasNonNull("blind")) {
      line(
          "Nobody sees whether a process is stuck. "
              + Printable.text(repair.path("blind").asText()));
    }
    JsonNode stuck = repair.path("stuck");
    if (!stuck.isEmpty()) {
      line("");
      line(stuck.size() == 1 ? "One step is stuck:" : stuck.size() + " steps are stuck:");
      stuck.forEach(step -> line(StuckText.of(step, now)));
    }
  }

  private void decisions(JsonNode decisions) {
    if (!decisions.isEmpty()) {
      line("");
      line("Waiting for you:");
      decisions.forEach(
          decision ->
              line(
                  "  "
                      + DecisionText.of(
                          decision, DecisionText.question(decision, Optional.empty()))));
    }
  }

  private String ago(JsonNode node, String field) {
    Instant instant = UpScreen.instant(node.path(field).asText(), now);
    return Durations.readable(Duration.between(instant, now).abs());
  }

  private static String joined(JsonNode array) {
    StringBuilder names = new StringBuilder();
    array.forEach(name -> names.append(names.isEmpty() ? "" : ", ").append(name.asText()));
    return names.toString();
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
