package dev.kodo.kernel.cli;

import dev.kodo.kernel.part.ProcessIdentity;
import dev.kodo.kernel.part.ProcessTree;
import dev.kodo.kernel.problem.ExitCode;
import dev.kodo.kernel.run.KernelLock;
import dev.kodo.kernel.run.Orphans;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;

/** Stops everything. */
@Command(
    name = "down",
    description = {
      "Stop the workers, the engine and PostgreSQL, in this order, then the kernel.",
      "Also ends parts whose kernel was killed. Stopping what does not run is no error."
    },
    footer = {"%nExample:", "  kodo down"})
final class DownCommand extends KodoCommand {
  private static final Duration PATIENCE = Duration.ofSeconds(100);

  DownCommand(Session session) {
    super(session);
  }

  @Override
  ExitCode run() throws IOException, InterruptedException {
    Optional<ProcessIdentity> kernel = KernelLock.holder(session().home());
    if (kernel.isPresent() && !endKernel(kernel.get())) {
      session().err().println("kodo: The kernel could not be killed; the parts were left alone.");
      return ExitCode.FAILED;
    }
    if (!Files.isDirectory(session().home().run())) {
      say("Kodo was not running.");
      return ExitCode.OK;
    }
    Orphans.Ending orphans = new Orphans(session().home()).end();
    orphans.ended().forEach(part -> say("Ended " + part + ", which ran without its kernel."));
    orphans.requireComplete();
    say(
        kernel.isEmpty() && orphans.ended().isEmpty()
            ? "Kodo was not running."
            : "Stopped. Nothing of Kodo runs any more.");
    return ExitCode.OK;
  }

  private boolean endKernel(ProcessIdentity kernel) {
    say("Stopping Kodo (pid " + kernel.pid() + ").");
    if (!kernel.isSuspended() && endsCleanly(kernel)) {
      return true;
    }
    say("The kernel did not react; it is killed.");
    return ProcessTree.killAlone(kernel, Duration.ofSeconds(5));
  }

  private static boolean endsCleanly(ProcessIdentity kernel) {
    Optional<ProcessHandle> handle = kernel.handle();
    if (handle.isEmpty()) {
      return true;
    }
    handle.get().destroy();
    try {
      handle.get().onExit().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException | ExecutionException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
