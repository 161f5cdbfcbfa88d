package dev.kodo.kernel.cli;

import dev.kodo.kernel.home.Printable;
import dev.kodo.kernel.problem.ExitCode;
import dev.kodo.kernel.problem.Problem;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** Finds the command that the arguments name and runs it. */
public final class Cli {
  private final Session session;

  public Cli(Session session) {
    this.session = session;
  }

  /** Returns the exit code. */
  public int run(String... args) {
    return isPlainStatus(args) ? plainStatus(args.length == 2) : commandLine(args).execute(args);
  }

  /**
   * The one question that people and scripts ask all the time. picocli's classes have an old format
   * that class-data sharing cannot hold, and loading them takes longer than the answer itself.
   */
  private static boolean isPlainStatus(String... args) {
    return args.length > 0
        && args[0].equals("status")
        && (args.length == 1 || (args.length == 2 && args[1].equals("--json")));
  }

  private int plainStatus(boolean json) {
    try {
      return new StatusCommand(session, json).run().number();
    } catch (RuntimeException e) {
      return failed(e);
    }
  }

  /** All commands: for help, completion and tests. */
  static CommandLine complete(Session session) {
    CommandLine root = new CommandLine(new RootCommand(session));
    for (CommandName name : CommandName.values()) {
      root.addSubcommand(name.word(), name.create(session));
    }
    return root;
  }

  /** Building the model of a command takes time, so a known command comes alone. */
  private CommandLine commandLine(String... args) {
    CommandLine root =
        args.length > 0
            ? CommandName.of(args[0]).map(this::alone).orElseGet(() -> complete(session))
            : complete(session);
    root.setOut(new PrintWriter(session.out(), true, StandardCharsets.UTF_8));
    root.setErr(new PrintWriter(session.err(), true, StandardCharsets.UTF_8));
    layOut(root);
    root.setExecutionExceptionHandler((e, command, parsed) -> failed(e));
    return root;
  }

  static void layOut(CommandLine command) {
    command.setUsageHelpWidth(100);
    command.getCommandSpec().usageMessage().parameterListHeading("%n").optionListHeading("%n");
    command.getSubcommands().values().forEach(Cli::layOut);
  }

  private CommandLine alone(CommandName name) {
    return new CommandLine(new RootCommand(session))
        .addSubcommand(name.word(), name.create(session));
  }

  private int failed(Exception e) {
    if (e instanceof Problem problem) {
      session.err().println("kodo: " + Printable.text(problem.sentence()));
      session.err().println("  " + Printable.text(problem.next()) + " [" + problem.code() + "]");
      return problem.code().exitCode().number();
    }
    session.err().println("kodo: " + Printable.text(e.toString()));
    if ("true".equals(session.environment().get("KODO_TRACE"))) {
      e.printStackTrace(session.err());
    } else {
      session
          .err()
          .println("  Set KODO_TRACE=true and run it again to see where it happened. [UNEXPECTED]");
    }
    return ExitCode.FAILED.number();
  }
}
