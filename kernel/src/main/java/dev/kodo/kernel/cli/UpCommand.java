package dev.kodo.kernel.cli;

import dev.kodo.kernel.problem.ExitCode;
import dev.kodo.kernel.run.Kernel;
import dev.kodo.kernel.run.KernelSetting;
import dev.kodo.kernel.run.Orphans;
import dev.kodo.kernel.run.Signals;
import java.io.IOException;
import java.security.SecureRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts everything. */
@Command(
    name = "up",
    description = {
      "Start PostgreSQL, the engine and the workers, and keep them running.",
      "Shows each heartbeat as it closes. Ctrl-C stops cleanly; a second Ctrl-C kills."
    },
    footer = {
      "%nExamples:",
      "  kodo up              start here and watch",
      "  kodo up -d           start in the background; then: kodo status, kodo logs -f, kodo down",
      "  kodo up --fresh      forget all data first (asks); settings and downloads stay"
    })
final class UpCommand extends KodoCommand {
  @Option(
      names = {"-d", "--detach"},
      description = "Run in the background; returns when everything works.")
  private boolean detach;

  @Option(
      names = "--fresh",
      description =
          "Wipe data, workspace, audit log, logs and secrets first; keep settings and cache.")
  private boolean fresh;

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask before wiping.")
  private boolean yes;

  @Option(names = "--in-background", hidden = true)
  private boolean inBackground;

  UpCommand(Session session) {
    super(session);
  }

  @Override
  ExitCode run() throws IOException, InterruptedException {
    if (fresh) {
      new FreshStart(session()).wipe(yes);
    }
    return detach ? new DetachedKernel(session()).start() : here();
  }

  private ExitCode here() throws IOException {
    boolean live = session().terminal() && !inBackground;
    try (UpScreen screen = new UpScreen(session(), live)) {
      Kernel kernel =
          new Kernel(
              new KernelSetting(
                  session().home(),
                  session().installation(),
                  session().environment(),
                  session().clock(),
                  new SecureRandom()),
              screen);
      Signals.onStop(count -> stop(kernel, count));
      return kernel.run();
    }
  }

  private void stop(Kernel kernel, int count) {
    if (count == 1) {
      say("\nStopping. A second Ctrl-C kills everything at once.");
      kernel.stop();
    } else {
      new Orphans(session().home()).killAll();
      Runtime.getRuntime().halt(130);
    }
  }
}
