package dev.kodo.kernel.cli;

import dev.kodo.kernel.config.Config;
import dev.kodo.kernel.problem.ExitCode;
import dev.kodo.kernel.problem.Problem;
import dev.kodo.kernel.problem.ProblemCode;
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
      "  kodo up --operate    with Operate and Tasklist in the browser",
      "  kodo up --fresh      forget all data first (asks); settings and downloads stay"
    })
final class UpCommand extends KodoCommand {
  @Option(
      names = {"-d", "--detach"},
      description = "Run in the background; returns when everything works.")
  private boolean detach;

  @Option(
      names = "--operate",
      description = {
        "Also run Camunda's Operate and Tasklist, for this time: see tokens, incidents and open",
        "questions in the browser. Needs about 900 MB more memory; the first time it fetches a",
        "search engine (about 50 MB). Shows addresses and log-in; the same engine data is used",
        "with and without. See docs/operate.md."
      })
  private boolean operate;

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
    if (operate) {
      requireLocalEngine();
    }
    if (fresh) {
      new FreshStart(session()).wipe(yes);
    }
    return detach ? new DetachedKernel(session(), operate).start() : here();
  }

  /** Before anything is wiped or started. */
  private void requireLocalEngine() {
    if (!Config.load(session().home()).localEngine()) {
      throw new Problem(
          ProblemCode.OPERATE_ELSEWHERE,
          "Expected a local engine for --operate, but `engine.mode` is external.");
    }
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
                  new SecureRandom(),
                  operate),
              screen);
      Signals.onStop(() -> stop(kernel), this::kill);
      return kernel.run();
    }
  }

  private void stop(Kernel kernel) {
    say("\nStopping. A second Ctrl-C kills everything at once.");
    kernel.stop();
  }

  private void kill() {
    new Orphans(session().home()).killAll();
    Runtime.getRuntime().halt(130);
  }
}
