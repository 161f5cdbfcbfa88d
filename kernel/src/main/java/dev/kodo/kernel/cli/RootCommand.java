package dev.kodo.kernel.cli;

import dev.kodo.kernel.problem.ExitCode;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code kodo} without a command: shows what there is. */
@Command(
    name = "kodo",
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Kodo, an autonomous agent whose mind-loop is a set of BPMN diagrams.",
      "Everything it keeps lies in one folder: KODO_HOME, default ~/.kodo."
    },
    footer = {
      "%nFirst steps:",
      "  kodo up                        start everything; Ctrl-C stops it",
      "  kodo theme add \"Bird songs\"    give the agent something to think about",
      "  kodo beat                      let its heart beat now",
      "  kodo status                    see what it does",
      "  kodo COMMAND --help            learn more about a command"
    })
final class RootCommand extends KodoCommand {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-V", "--version"},
      description = "Show the version.")
  private boolean version;

  RootCommand(Session session) {
    super(session);
  }

  @Override
  ExitCode run() {
    if (version) {
      return new VersionCommand(session()).run();
    }
    spec.commandLine().usage(session().out(), CommandLine.Help.Ansi.OFF);
    return ExitCode.USAGE;
  }
}
