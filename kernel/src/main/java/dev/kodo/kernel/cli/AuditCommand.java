package dev.kodo.kernel.cli;

import dev.kodo.kernel.problem.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Group of the commands about the audit log. */
@Command(
    name = "audit",
    description = "Show what was done, and prove that the record of it was not changed.",
    footer = {
      "%nExamples:",
      "  kodo audit verify",
      "  kodo audit show --kind refusal --since 24h",
      "  kodo audit show -f"
    })
final class AuditCommand extends KodoCommand {
  @Spec private CommandSpec spec = CommandSpec.create();

  AuditCommand(Session session) {
    super(session);
  }

  @Override
  ExitCode run() {
    spec.commandLine().usage(session().out());
    return ExitCode.USAGE;
  }
}
