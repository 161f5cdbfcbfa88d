package dev.kodo.kernel.cli;

import dev.kodo.kernel.problem.ExitCode;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Only for the help: the launcher itself runs the tests, as they rebuild this very program. */
@Command(
    name = "test",
    description = "Run the tests with Maven and print how many passed, failed and were skipped.",
    footer = {
      "%nExamples:",
      "  kodo test                        everything",
      "  kodo test --fast                 unit and diagram tests, without the slow ones",
      "  kodo test --soak                 everything, and the long-running tests in full length, browser too",
      "  kodo test --browser              Operate and Tasklist in a real browser",
      "  kodo test --real-model           the bench: twice 40 beats on a real, small model",
      "  kodo test -pl kernel -Dtest=Foo  further words go to Maven"
    })
final class TestCommand extends KodoCommand {
  @Option(names = "--fast", description = "Leave out slow and integration tests.")
  private boolean fast;

  @Option(names = "--soak", description = "Run the long tests in full length.")
  private boolean soak;

  @Option(
      names = "--browser",
      description = "Run the tests of Operate and Tasklist in the machine's Chromium, alone.")
  private boolean browser;

  @Option(
      names = "--real-model",
      description =
          "Run the bench on a real, small model instead; further words go to bench/real-model.")
  private boolean realModel;

  @Parameters(arity = "0..*", paramLabel = "MAVEN-ARGS", description = "Passed to Maven.")
  private List<String> arguments = List.of();

  TestCommand(Session session) {
    super(session);
  }

  @Override
  ExitCode run() {
    session()
        .err()
        .println(
            "kodo: Run the launcher script of the installation: "
                + session().installation().root().resolve("kodo")
                + " test"
                + (fast ? " --fast" : "")
                + (soak ? " --soak" : "")
                + (browser ? " --browser" : "")
                + (realModel ? " --real-model" : "")
                + arguments.stream().map(word -> " " + word).collect(Collectors.joining()));
    return ExitCode.USAGE;
  }
}
