package dev.kodo.kernel.cli;

import dev.kodo.kernel.problem.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Answers a question with yes. */
@Command(
    name = "approve",
    description = "Answer an open question with yes. The id may be shortened.",
    footer = {"%nExamples:", "  kodo approvals", "  kodo approve 7f3a --comment \"seen\""})
final class ApproveCommand extends KodoCommand {
  @Parameters(paramLabel = "ID", description = "The id that kodo approvals shows.")
  private String id = "";

  @Option(names = "--comment", paramLabel = "TEXT", description = "Kept with the answer.")
  private String comment = "";

  ApproveCommand(Session session) {
    super(session);
  }

  @Override
  ExitCode run() {
    return new DecisionAnswer(session()).send(id, true, comment);
  }
}
