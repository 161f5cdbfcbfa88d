package dev.kodo.kernel.cli;

import dev.kodo.kernel.part.LogTail;
import dev.kodo.kernel.part.PartLog;
import dev.kodo.kernel.problem.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what a part wrote. */
@Command(
    name = "logs",
    description = "Show the last lines that a part wrote.",
    footer = {
      "%nExamples:",
      "  kodo logs              the workers",
      "  kodo logs engine -n 200",
      "  kodo logs kernel -f    follow; Ctrl-C ends"
    })
final class LogsCommand extends KodoCommand {
  /** The log files there are. */
  enum Source {
    WORKERS,
    ENGINE,
    SEARCH,
    POSTGRES,
    KERNEL,
    BUILD;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Parameters(
      arity = "0..1",
      defaultValue = "workers",
      paramLabel = "PART",
      description = "One of: ${COMPLETION-CANDIDATES}. Default: workers.")
  private Source source = Source.WORKERS;

  @Option(
      names = {"-f", "--follow"},
      description = "Go on showing new lines.")
  private boolean follow;

  @Option(
      names = {"-n", "--lines"},
      defaultValue = "50",
      paramLabel = "COUNT",
      description = "How many lines; default 50.")
  private int lines;

  LogsCommand(Session session) {
    super(session);
  }

  @Override
  ExitCode run() throws IOException, InterruptedException {
    Path log = session().home().log(source.toString());
    if (!Files.exists(log) && !follow) {
      say("There is no " + log + " yet.");
      return ExitCode.OK;
    }
    int count = Math.max(0, lines);
    if (follow) {
      LogTail tail = LogTail.of(log, count);
      tail.lines().forEach(this::say);
      follow(log, tail.next());
    } else {
      PartLog.tail(log, count).forEach(this::say);
    }
    return ExitCode.OK;
  }

  /** A file that became shorter was rotated: reading starts at its beginning again. */
  private void follow(Path log, long from) throws IOException, InterruptedException {
    long position = from;
    while (!session().out().checkError()) {
      long size = Files.exists(log) ? Files.size(log) : 0;
      position = size < position ? 0 : position;
      if (size > position) {
        LogTail more = LogTail.from(log, position);
        more.lines().forEach(this::say);
        position = more.next();
      }
      Thread.sleep(300);
    }
  }
}
