package dev.kodo.kernel.cli;

import dev.kodo.kernel.config.ConfigReference;
import dev.kodo.kernel.problem.ExitCode;
import dev.kodo.kernel.problem.ProblemReference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints the generated pages of the documentation. */
@Command(
    name = "reference",
    hidden = true,
    description = "Print a generated page: configuration, errors or exit-codes.")
final class ReferenceCommand extends KodoCommand {
  @Parameters(paramLabel = "PAGE", description = "configuration, errors or exit-codes")
  private String page = "";

  ReferenceCommand(Session session) {
    super(session);
  }

  @Override
  ExitCode run() {
    switch (page) {
      case "configuration" -> session().out().print(ConfigReference.markdown());
      case "errors" -> session().out().print(ProblemReference.errors());
      case "exit-codes" -> session().out().print(ProblemReference.exitCodes());
      default -> {
        return ExitCode.USAGE;
      }
    }
    return ExitCode.OK;
  }
}
