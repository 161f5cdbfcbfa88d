package dev.kodo.kernel.cli;

import dev.kodo.kernel.problem.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Option;

/** What all commands share: the session, {@code --help}, and an exit code as the result. */
abstract class KodoCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  KodoCommand(Session session) {
    this.session = session;
  }

  final Session session() {
    return session;
  }

  final void say(String line) {
    session.out().println(line);
  }

  final boolean helpAsked() {
    return help;
  }

  @Override
  public final Integer call() throws Exception {
    return run().number();
  }

  abstract ExitCode run() throws Exception;
}
