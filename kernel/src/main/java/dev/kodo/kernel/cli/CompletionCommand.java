package dev.kodo.kernel.cli;

import dev.kodo.kernel.problem.ExitCode;
import picocli.AutoComplete;
import picocli.CommandLine.Command;

/** Prints the completion script. */
@Command(
    name = "completion",
    description = "Print a script for bash or zsh that completes commands and options.",
    footer = {
      "%nExamples:",
      "  source <(kodo completion)                       for this shell",
      "  kodo completion > ~/.local/share/bash-completion/completions/kodo"
    })
final class CompletionCommand extends KodoCommand {
  CompletionCommand(Session session) {
    super(session);
  }

  @Override
  ExitCode run() {
    say(AutoComplete.bash("kodo", Cli.complete(session())));
    return ExitCode.OK;
  }
}
