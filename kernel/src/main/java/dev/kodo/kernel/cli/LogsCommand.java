package dev.kodo.kernel.cli;

import dev.kodo.kernel.part.PartLog;
import dev.kodo.kernel.problem.ExitCode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    List<String> last = PartLog.tail(log, Math.max(0, lines));
    last.forEach(this::say);
    if (follow) {
      follow(log, Files.exists(log) ? Files.size(log) : 0);
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
        position = copy(log, position);
      }
      Thread.sleep(300);
    }
  }

  private long copy(Path log, long from) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      file.seek(from);
      byte[] buffer = new byte[1 << 14];
      for (int n = file.read(buffer); n > 0; n = file.read(buffer)) {
        session().out().write(buffer, 0, n);
      }
      session().out().flush();
      return file.getFilePointer();
    }
  }
}
