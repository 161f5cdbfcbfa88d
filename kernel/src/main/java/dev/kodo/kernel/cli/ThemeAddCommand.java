package dev.kodo.kernel.cli;

import dev.kodo.kernel.config.Config;
import dev.kodo.kernel.config.ConfigKey;
import dev.kodo.kernel.problem.ExitCode;
import dev.kodo.kernel.theme.ThemeSource;
import dev.kodo.kernel.theme.Themebox;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Drops a theme into the themebox. Works also while nothing runs. */
@Command(
    name = "add",
    description = {
      "Put a theme into the themebox: a file, the words themselves, or - for standard input.",
      "Works also while Kodo does not run; the agent takes the oldest theme first."
    },
    footer = {
      "%nExamples:",
      "  kodo theme add \"The history of tea in one village\"",
      "  kodo theme add ideas/bees.md --agent main",
      "  echo \"Why do cats purr?\" | kodo theme add - --name purring"
    })
final class ThemeAddCommand extends KodoCommand {
  @Parameters(
      arity = "1..*",
      paramLabel = "FILE|TEXT|-",
      description = "A text file, the theme in words, or - to read standard input.")
  private List<String> words = List.of();

  @Option(names = "--agent", paramLabel = "NAME", description = "Default: the first agent.")
  private @Nullable String agent;

  @Option(names = "--name", paramLabel = "NAME", description = "Name of the file in the themebox.")
  private @Nullable String name;

  ThemeAddCommand(Session session) {
    super(session);
  }

  @Override
  ExitCode run() {
    Config config = Config.load(session().home());
    String owner = Agents.choose(session(), agent);
    ThemeSource source =
        ThemeSource.read(
            String.join(" ", words), session().in(), config.bytes(ConfigKey.THEME_MAX_SIZE));
    Path file =
        new Themebox(config.workspace(), owner)
            .add(source.text(), name == null ? source.name() : name);
    say("Added " + file);
    say("`kodo beat` lets the agent look at it now.");
    return ExitCode.OK;
  }
}
