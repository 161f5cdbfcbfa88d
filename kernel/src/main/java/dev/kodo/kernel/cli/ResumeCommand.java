package dev.kodo.kernel.cli;

import dev.kodo.kernel.home.Json;
import dev.kodo.kernel.problem.ExitCode;
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
    boolean lifted = new PanicFlag(session().home().panicFlag()).lift();
    boolean running = KernelLock.holder(session().home()).isPresent();
    if (lifted) {
      say(
          running
              ? "The panic is lifted. The workers start now; `kodo status` shows them."
              : "The panic is lifted. Kodo is not running; start it with `kodo up`.");
    } else if (agent == null) {
      say("There was no panic.");
    }
    if (agent != null) {
      Agents.require(session(), agent);
      String result =
          session()
              .api(Duration.ofSeconds(10))
              .post("/agents/" + agent + "/start", Json.object())
              .path("result")
              .asText();
      say("Agent " + agent + ": " + result);
    }
    return ExitCode.OK;
  }
}
