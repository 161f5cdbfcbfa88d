package dev.kodo.kernel.cli;

import picocli.CommandLine.Command;

/** Answers a question with yes. */
@Command(
    name = "approve",
    description = "Answer an open question with yes. The id may be shortened.",
    footer = {"%nExamples:", "  kodo approvals", "  kodo approve 7f3a --comment \"seen\""})
final class ApproveCommand extends DecisionAnswer {
  ApproveCommand(Session session) {
    super(session, true);
  }
}
