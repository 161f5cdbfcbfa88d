package dev.kodo.kernel.cli;

import dev.kodo.kernel.config.Durations;
import dev.kodo.kernel.part.ProcessIdentity;
import dev.kodo.kernel.part.ProcessTree;
import dev.kodo.kernel.problem.ExitCode;
import dev.kodo.kernel.run.KernelLock;
import dev.kodo.kernel.run.Orphans;
import dev.kodo.kernel.run.PanicFlag;
import dev.kodo.kernel.workers.WorkersPart;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
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
  private static final Duration PATIENCE = Duration.ofMillis(1_500);

  PanicCommand(Session session) {
    super(session);
  }

  /**
   * First the flag, then the kill: a workers' process that is just starting sees the flag. Nothing
   * that goes wrong with the flag may keep the kill from happening.
   */
  @Override
  ExitCode run() {
    long started = System.nanoTime();
    PanicFlag flag = new PanicFlag(session().home().panicFlag());
    attempt(flag::touch);
    boolean dead = killWorkers();
    Optional<IOException> trouble =
        attempt(() -> flag.raise(session().clock().instant(), person()));
    if (!flag.isRaised()) {
      return withoutFlag(trouble);
    }
    if (!dead) {
      session().err().println("kodo: The workers could not be killed; see `kodo status`.");
      return ExitCode.FAILED;
    }
    Duration took = Duration.ofNanos(System.nanoTime() - started);
    say("All agents are stopped (" + Durations.readable(took) + ").");
    say("They stay stopped, also after a restart, until you run `kodo resume`.");
    return ExitCode.OK;
  }

  /** Without the flag the kernel would start the workers again, so it has to go as well. */
  private ExitCode withoutFlag(Optional<IOException> trouble) {
    Optional<ProcessIdentity> kernel = KernelLock.holder(session().home());
    boolean ended = kernel.map(process -> ProcessTree.killAlone(process, PATIENCE)).orElse(true);
    boolean dead = killWorkers();
    session()
        .err()
        .println(
            "kodo: The flag "
                + session().home().panicFlag()
                + " could not be written"
                + trouble.map(e -> ": " + e).orElse("")
                + ".");
    session()
        .err()
        .println(
            ended && dead
                ? "  The workers and the kernel were killed instead. Only `kodo up` would start"
                    + " them again."
                : "  The " + (dead ? "kernel" : "workers") + " could not be killed either.");
    return ExitCode.FAILED;
  }

  private boolean killWorkers() {
    return new Orphans(session().home()).kill(WorkersPart.NAME, PATIENCE);
  }

  private String person() {
    return session().environment().getOrDefault("USER", System.getProperty("user.name", ""));
  }

  /** A step with the file system. */
  private interface Step {
    void run() throws IOException;
  }

  private static Optional<IOException> attempt(Step step) {
    try {
      step.run();
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(e);
    }
  }
}
