package dev.kodo.kernel.cli;

import dev.kodo.kernel.problem.ExitCode;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Group of the commands about routines. */
@Command(
    name = "routine",
    description = {
      "What an agent does at a time or after an event, besides its heartbeats.",
      "Routines stand in <workspace>/<agent>/routines.yml; each has limits of its own."
    },
    footer = {
      "%nExamples:",
      "  kodo routine add morning-news --cron \"0 7 * * 1-5\" --do \"Write three sentences on bees.\"",
      "  kodo routine list",
      "  kodo routine run morning-news",
      "  kodo routine trigger build-finished"
    })
final class RoutineCommand extends KodoCommand {
  @Spec private CommandSpec spec = CommandSpec.create();

  RoutineCommand(Session session) {
    super(session);
  }

  static void addTo(CommandLine command, Session session) {
    command.addSubcommand("list", new RoutineListCommand(session));
    command.addSubcommand("show", new RoutineShowCommand(session));
    command.addSubcommand("add", new RoutineAddCommand(session));
    command.addSubcommand("remove", new RoutineRemoveCommand(session));
    command.addSubcommand("enable", new RoutineEnableCommand(session));
    command.addSubcommand("disable", new RoutineDisableCommand(session));
    command.addSubcommand("run", new RoutineRunCommand(session));
    command.addSubcommand("trigger", new RoutineTriggerCommand(session));
  }

  @Override
  ExitCode run() {
    spec.commandLine().usage(session().out());
    return ExitCode.USAGE;
  }
}
