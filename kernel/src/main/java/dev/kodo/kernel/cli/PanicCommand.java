package dev.kodo.kernel.cli;

import dev.kodo.kernel.config.Durations;
import dev.kodo.kernel.problem.ExitCode;
import dev.kodo.kernel.run.Orphans;
import dev.kodo.kernel.run.PanicFlag;
import dev.kodo.kernel.workers.WorkersPart;
import java.io.IOException;
import java.time.Duration;
import picocli.CommandLine.Command;

/** Stops all agent activity at once. */
@Command(
    name = "panic",
    description = {
      "Stop all agents at once, whatever hangs, and keep them stopped over restarts.",
      "Kills the workers; the database and the engine keep their data. Only `kodo resume` lifts"
          + " it."
    },
    footer = {"%nExamples:", "  kodo panic", "  kodo resume        afterwards, when all is well"})
final class PanicCommand extends KodoCommand {
  PanicCommand(Session session) {
    super(session);
  }

  /** First the flag, then the kill: a workers' process that is just starting sees the flag. */
  @Override
  ExitCode run() throws IOException {
    long started = System.nanoTime();
    String by = session().environment().getOrDefault("USER", System.getProperty("user.name", ""));
    new PanicFlag(session().home().panicFlag()).raise(session().clock().instant(), by);
    boolean dead = new Orphans(session().home()).kill(WorkersPart.NAME, Duration.ofMillis(1_500));
    if (!dead) {
      session().err().println("kodo: The workers could not be killed; see `kodo status`.");
      return ExitCode.FAILED;
    }
    Duration took = Duration.ofNanos(System.nanoTime() - started);
    say("All agents are stopped (" + Durations.readable(took) + ").");
    say("They stay stopped, also after a restart, until you run `kodo resume`.");
    return ExitCode.OK;
  }
}
