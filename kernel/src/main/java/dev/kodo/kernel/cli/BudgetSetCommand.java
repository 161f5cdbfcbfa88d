package dev.kodo.kernel.cli;

import dev.kodo.kernel.budget.BudgetFile;
import dev.kodo.kernel.budget.Cap;
import dev.kodo.kernel.budget.Usd;
import dev.kodo.kernel.config.Config;
import dev.kodo.kernel.home.Json;
import dev.kodo.kernel.problem.ExitCode;
import dev.kodo.kernel.problem.Problem;
import dev.kodo.kernel.problem.ProblemCode;
import dev.kodo.kernel.run.KernelLock;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Changes a cap, and says which caps hold then: a running kernel may hold a lower one. */
@Command(
    name = "set",
    description = {
      "Change what may be spent: US dollars per call, heartbeat, hour or day.",
      "A running Kodo takes it over at once; the answer says which caps are in force, and what",
      "to do where a lower one still binds."
    },
    footer = {
      "%nExamples:",
      "  kodo budget set 5/day",
      "  kodo budget set 0.2/call",
      "  kodo budget set 1/day --agent main"
    })
final class BudgetSetCommand extends KodoCommand {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Parameters(paramLabel = "AMOUNT/UNIT", description = "Such as 5/day; the unit is one of four.")
  private String cap = "";

  @Option(names = "--agent", description = "Only this agent's day.")
  private @Nullable String agent;

  @Option(names = "--json", description = "Print the caps that hold now as JSON.")
  private boolean json;

  BudgetSetCommand(Session session) {
    super(session);
  }

  @Override
  ExitCode run() throws IOException {
    int slash = cap.indexOf('/');
    Usd amount = amount(slash < 0 ? cap : cap.substring(0, slash));
    Cap unit =
        Cap.ofUnit(slash < 0 ? "" : cap.substring(slash + 1))
            .orElseThrow(() -> invalid("a unit of call, heartbeat, hour or day"));
    Config config = Config.load(session().home());
    BudgetFile file = new BudgetFile(session().home().budget(), config);
    SetCap set = new SetCap(unit, agent, amount);
    Usd before =
        agent == null ? file.set(unit, amount) : ofAgent(file, config, agent, unit, amount);
    boolean running = KernelLock.holder(session().home()).isPresent();
    CapsNow now = running ? ofGuard() : CapsNow.of(file.caps());
    SetCapText told = new SetCapText(set, before, running, now, config.agents());
    say(json ? Json.print(told.json()) : told.text());
    return ExitCode.OK;
  }

  /** The guard reads the file before it answers; null when it does not answer. */
  private @Nullable CapsNow ofGuard() {
    try {
      return CapsNow.of(session().guard(PATIENCE).budget(""));
    } catch (IOException | Problem silent) {
      return null;
    }
  }

  private Usd ofAgent(BudgetFile file, Config config, String name, Cap unit, Usd amount)
      throws IOException {
    if (unit != Cap.PER_DAY) {
      throw invalid("the unit day together with --agent");
    }
    if (!config.agents().contains(name)) {
      throw new Problem(
          ProblemCode.AGENT_UNKNOWN,
          "Expected one of the agents "
              + String.join(", ", config.agents())
              + ", but got `"
              + name
              + "`.");
    }
    return file.setAgent(name, amount);
  }

  private Usd amount(String text) {
    try {
      return Usd.parse(text);
    } catch (IllegalArgumentException e) {
      throw invalid("US dollars such as 5 or 0.25");
    }
  }

  private Problem invalid(String expected) {
    return new Problem(
        ProblemCode.BUDGET_INVALID, "Expected " + expected + ", but got `" + cap + "`.");
  }
}
