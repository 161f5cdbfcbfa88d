package dev.kodo.kernel.cli;

import dev.kodo.kernel.problem.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Answers a question with no. */
@Command(
    name = "reject",
    description = "Answer an open question with no. The id may be shortened.",
    footer = {"%nExamples:", "  kodo approvals", "  kodo reject 7f3a --comment \"seen\""})
final class RejectCommand extends KodoCommand {
  @Parameters(paramLabel = "ID", description = "The id that kodo approvals shows.")
  private String id = "";

  @Option(names = "--comment", paramLabel = "TEXT", description = "Kept with the answer.")
  private String comment = "";

  RejectCommand(Session session) {
    super(session);
  }

  @Override
  ExitCode run() {
    return new DecisionAnswer(session()).send(id, false, comment);
  }
}
