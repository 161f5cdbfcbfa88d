package dev.kodo.kernel.cli;

import dev.kodo.kernel.problem.ExitCode;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Help about a command. */
@Command(
    name = "help",
    description = "Show help about a command.",
    footer = {"%nExamples:", "  kodo help up", "  kodo help theme add"})
final class HelpCommand extends KodoCommand {
  @Parameters(arity = "0..*", paramLabel = "COMMAND", description = "The command.")
  private List<String> words = List.of();

  HelpCommand(Session session) {
    super(session);
  }

  @Override
  ExitCode run() {
    CommandLine command = Cli.complete(session());
    for (String word : words) {
      CommandLine next = command.getSubcommands().get(word);
      if (next == null) {
        session().err().println("kodo: There is no command " + word + ". See `kodo help`.");
        return ExitCode.USAGE;
      }
      command = next;
    }
    Cli.layOut(command);
    command.usage(session().out(), CommandLine.Help.Ansi.OFF);
    return ExitCode.OK;
  }
}
