package dev.kodo.kernel.cli;

import dev.kodo.kernel.part.ProcessIdentity;
import dev.kodo.kernel.part.ProcessTree;
import dev.kodo.kernel.problem.ExitCode;
import dev.kodo.kernel.run.KernelLock;
import dev.kodo.kernel.run.Orphans;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
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
    kernel.ifPresent(this::endKernel);
    if (!Files.isDirectory(session().home().run())) {
      say("Kodo was not running.");
      return ExitCode.OK;
    }
    List<String> orphans = new Orphans(session().home()).end();
    if (kernel.isEmpty() && orphans.isEmpty()) {
      say("Kodo was not running.");
      return ExitCode.OK;
    }
    orphans.forEach(part -> say("Ended " + part + ", which ran without its kernel."));
    say("Stopped. Nothing of Kodo runs any more.");
    return ExitCode.OK;
  }

  private void endKernel(ProcessIdentity kernel) {
    say("Stopping Kodo (pid " + kernel.pid() + ").");
    boolean ended = !kernel.isSuspended() && endsCleanly(kernel);
    if (!ended) {
      say("The kernel did not react; it is killed.");
      if (!ProcessTree.killAlone(kernel, Duration.ofSeconds(5))) {
        say("The process " + kernel.pid() + " could not be killed.");
      }
    }
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
