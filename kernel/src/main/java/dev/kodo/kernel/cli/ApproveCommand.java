package dev.kodo.kernel.cli;

import picocli.CommandLine.Command;

/** Answers a question with yes. */
@Command(
    name = "approve",
    description = "Answer an open question with yes.",
    footer = {"%nExamples:", "  kodo approvals", "  kodo approve D-7 --comment \"seen\""})
final class ApproveCommand extends DecisionAnswer {
  ApproveCommand(Session session) {
    super(session, true);
  }
}
