package dev.kodo.kernel.cli;

import dev.kodo.kernel.home.Json;
import dev.kodo.kernel.problem.ExitCode;
import dev.kodo.kernel.problem.Problem;
import dev.kodo.kernel.problem.ProblemCode;
import dev.kodo.kernel.run.KernelLock;
import dev.kodo.kernel.run.PanicFlag;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lifts a panic, or starts a retired agent again. */
@Command(
    name = "resume",
    description = "Lift a panic: the workers start again. With --agent, start one agent again.",
    footer = {
      "%nExamples:",
      "  kodo resume                lift a panic",
      "  kodo resume --agent main   start an agent that was stopped or retired"
    })
final class ResumeCommand extends KodoCommand {
  @Option(names = "--agent", paramLabel = "NAME", description = "The agent to start again.")
  private @Nullable String agent;

  ResumeCommand(Session session) {
    super(session);
  }

  @Override
  ExitCode run() throws IOException {
    PanicFlag flag = new PanicFlag(session().home().panicFlag());
    return agent == null ? lift(flag) : startAgent(agent, flag);
  }

  private ExitCode lift(PanicFlag flag) throws IOException {
    boolean lifted = flag.lift();
    boolean running = KernelLock.holder(session().home()).isPresent();
    if (!lifted) {
      say("There was no panic.");
    } else if (running) {
      say("The panic is lifted. The workers start now; `kodo status` shows them.");
    } else {
      say("The panic is lifted. Kodo is not running; start it with `kodo up`.");
    }
    return ExitCode.OK;
  }

  /** Never lifts a panic: that would start all agents, not only the named one. */
  private ExitCode startAgent(String name, PanicFlag flag) {
    Agents.require(session(), name);
    if (flag.isRaised()) {
      throw new Problem(
          ProblemCode.PANIC_ACTIVE,
          "All agents are stopped, as `kodo panic` was used; one alone cannot be started.",
          "Lift the panic for all of them with `kodo resume`.");
    }
    String result =
        session()
            .api(Duration.ofSeconds(10))
            .post("/agents/" + name + "/start", Json.object())
            .path("result")
            .asText();
    say("Agent " + name + ": " + result);
    return ExitCode.OK;
  }
}
