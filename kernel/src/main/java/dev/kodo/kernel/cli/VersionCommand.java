package dev.kodo.kernel.cli;

import dev.kodo.kernel.problem.ExitCode;
import picocli.CommandLine.Command;

/** Shows the version. */
@Command(
    name = "version",
    description = "Show the version of Kodo and of the Java it runs on.",
    footer = {"%nExample:", "  kodo version"})
final class VersionCommand extends KodoCommand {
  VersionCommand(Session session) {
    super(session);
  }

  @Override
  ExitCode run() {
    String version = VersionCommand.class.getPackage().getImplementationVersion();
    say(
        "Kodo "
            + (version == null ? "(unpackaged)" : version)
            + ", engine 8.6.0, PostgreSQL 17, Java "
            + Runtime.version());
    return ExitCode.OK;
  }
}
