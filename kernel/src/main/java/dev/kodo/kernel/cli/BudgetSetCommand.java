package dev.kodo.kernel.cli;

import dev.kodo.kernel.budget.BudgetFile;
import dev.kodo.kernel.budget.Cap;
import dev.kodo.kernel.budget.Usd;
import dev.kodo.kernel.config.Config;
import dev.kodo.kernel.problem.ExitCode;
import dev.kodo.kernel.problem.Problem;
import dev.kodo.kernel.problem.ProblemCode;
import dev.kodo.kernel.run.KernelLock;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Changes a cap; a running kernel takes it over at once. */
@Command(
    name = "set",
    description = {
      "Change what may be spent: US dollars per call, heartbeat, hour or day.",
      "A running Kodo takes it over at once."
    },
    footer = {
      "%nExamples:",
      "  kodo budget set 5/day",
      "  kodo budget set 0.2/call",
      "  kodo budget set 1/day --agent main"
    })
final class BudgetSetCommand extends KodoCommand {
  @Parameters(paramLabel = "AMOUNT/UNIT", description = "Such as 5/day; the unit is one of four.")
  private String cap = "";

  @Option(names = "--agent", description = "Only this agent's day.")
  private @Nullable String agent;

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
    String whose = agent == null ? "all agents" : "agent " + agent;
    Usd before =
        agent == null ? file.set(unit, amount) : ofAgent(file, config, agent, unit, amount);
    say(
        whose
            + ": "
            + Money.text(amount.toString())
            + " per "
            + unit.unit()
            + ", before "
            + Money.text(before.toString())
            + ".");
    say(
        KernelLock.holder(session().home()).isPresent()
            ? "In force from the next call on."
            : "In force from the next `kodo up` on.");
    return ExitCode.OK;
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
