package dev.kodo.kernel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kodo.kernel.config.Durations;
import dev.kodo.kernel.home.Json;
import dev.kodo.kernel.problem.ExitCode;
import dev.kodo.kernel.problem.Problem;
import dev.kodo.kernel.problem.ProblemCode;
import dev.kodo.kernel.run.KernelLock;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What was spent, against the caps. */
@Command(
    name = "budget",
    description = "Show what was spent on models, against the caps, and over the days.",
    footer = {
      "%nExamples:",
      "  kodo budget",
      "  kodo budget --by model --since 30d",
      "  kodo budget set 5/day",
      "  kodo budget set 1/day --agent main"
    })
final class BudgetCommand extends KodoCommand {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** By what past calls are put together. */
  enum By {
    AGENT,
    PROCESS,
    ELEMENT,
    MODEL,
    HEARTBEAT
  }

  @Option(names = "--json", description = "Print the report as JSON.")
  private boolean json;

  @Option(
      names = "--by",
      defaultValue = "AGENT",
      description = "Put past calls together by agent, process, element, model or heartbeat.")
  private By by = By.AGENT;

  @Option(
      names = "--since",
      defaultValue = "7d",
      description = "How far to look back, such as 24h or 30d (default 7d).")
  private String since = "7d";

  BudgetCommand(Session session) {
    super(session);
  }

  @Override
  ExitCode run() {
    String word = by.name().toLowerCase(Locale.ROOT);
    String query = "by=" + word + "&since=" + checked(since);
    if (KernelLock.holder(session().home()).isEmpty()) {
      throw new Problem(
          ProblemCode.NOT_RUNNING, "Kodo is not running, so its guard cannot be asked.");
    }
    JsonNode report = report(query);
    say(json ? Json.print(report) : BudgetText.of(report, word));
    return ExitCode.OK;
  }

  private JsonNode report(String query) {
    try {
      return session().guard(PATIENCE).budget(query);
    } catch (IOException e) {
      throw new Problem(
          ProblemCode.GUARD_UNREACHABLE,
          "Expected the guard to report the budget, but: " + e.getMessage() + ".",
          ProblemCode.GUARD_UNREACHABLE.next(),
          e);
    }
  }

  private static String checked(String since) {
    try {
      return Durations.parse(since).toString();
    } catch (IllegalArgumentException e) {
      throw new Problem(
          ProblemCode.BUDGET_INVALID,
          "Expected a time such as 24h or 30d, but got `" + since + "`.",
          "Write it like `--since 7d`.");
    }
  }
}
