package dev.kodo.kernel.cli;

import picocli.CommandLine.Command;

/** Answers a question with no. */
@Command(
    name = "reject",
    description = "Answer an open question with no. The id may be shortened.",
    footer = {"%nExamples:", "  kodo approvals", "  kodo reject 7f3a --comment \"seen\""})
final class RejectCommand extends DecisionAnswer {
  RejectCommand(Session session) {
    super(session, false);
  }
}
