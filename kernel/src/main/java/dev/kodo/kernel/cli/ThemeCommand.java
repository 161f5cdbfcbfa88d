package dev.kodo.kernel.cli;

import dev.kodo.kernel.problem.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Group of the commands about themes. */
@Command(
    name = "theme",
    description = "Give the agent themes to work on.",
    footer = {
      "%nExamples:",
      "  kodo theme add \"The history of tea in one village\"",
      "  kodo theme add ideas/bees.md",
      "  echo \"Why do cats purr?\" | kodo theme add - --name purring"
    })
final class ThemeCommand extends KodoCommand {
  @Spec private CommandSpec spec = CommandSpec.create();

  ThemeCommand(Session session) {
    super(session);
  }

  @Override
  ExitCode run() {
    spec.commandLine().usage(session().out());
    return ExitCode.USAGE;
  }
}
