package dev.kodo.kernel.cli;

import dev.kodo.kernel.constitution.Constitution;
import dev.kodo.kernel.problem.ExitCode;
import picocli.CommandLine.Command;

/** Shows layer 0. */
@Command(
    name = "constitution",
    description = "Show the laws that lead every prompt, with their SHA-256.",
    footer = {"%nExample:", "  kodo constitution"})
final class ConstitutionCommand extends KodoCommand {
  ConstitutionCommand(Session session) {
    super(session);
  }

  @Override
  ExitCode run() {
    session().out().print(Constitution.verified().text());
    say("");
    say("SHA-256 " + Constitution.SHA256 + " (verified)");
    return ExitCode.OK;
  }
}
