package dev.kodo.kernel.cli;

import picocli.CommandLine.Command;

/** Answers a question with no. */
@Command(
    name = "reject",
    description = "Answer an open question with no.",
    footer = {"%nExamples:", "  kodo approvals", "  kodo reject D-7 --comment \"seen\""})
final class RejectCommand extends DecisionAnswer {
  RejectCommand(Session session) {
    super(session, false);
  }
}
