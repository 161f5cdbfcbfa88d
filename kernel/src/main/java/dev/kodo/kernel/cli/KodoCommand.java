package dev.kodo.kernel.cli;

import dev.kodo.kernel.home.Printable;
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
  @SuppressWarnings("unused") // picocli prints the help by itself when it sets this.
  private boolean help;

  KodoCommand(Session session) {
    this.session = session;
  }

  final Session session() {
    return session;
  }

  /** Prints a line, or several; whatever others wrote into it cannot rule the terminal. */
  final void say(String line) {
    session.out().println(Printable.text(line));
  }

  @Override
  public final Integer call() throws Exception {
    return run().number();
  }

  abstract ExitCode run() throws Exception;
}
