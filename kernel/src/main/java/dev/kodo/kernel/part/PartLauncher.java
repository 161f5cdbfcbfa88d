package dev.kodo.kernel.part;

import dev.kodo.kernel.archive.FolderRemoval;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Starts a part in a session of its own, so that Ctrl-C in the terminal reaches the kernel only.
 *
 * <p>A small shell becomes the part: it first writes its own identity down, then looks at the hold
 * flag, then replaces itself by the program. Whoever sets the flag and afterwards reads the
 * identity can therefore never miss a part that is just starting.
 */
public final class PartLauncher {
  private static final String SCRIPT =
      """
      record=$1; hold=$2; shift 2
      if [ -r /proc/$$/stat ]; then
        IFS= read -r line < /proc/$$/stat
        printf '%s\\n' "$line" > "$record"
      fi
      if [ -n "$hold" ] && [ -e "$hold" ]; then
        echo "not started: $hold exists"
        exit 75
      fi
      exec "$@"
      """;

  private final PartRecords records;

  public PartLauncher(PartRecords records) {
    this.records = records;
  }

  /** Starts the part and records it. Output goes to the end of the log file. */
  public ProcessIdentity start(Part part, PartCommand command, Path log) throws IOException {
    Files.createDirectories(Optional.ofNullable(log.getParent()).orElse(Path.of(".")));
    if (part.scratch().isPresent()) {
      FolderRemoval.remove(part.scratch().get());
      Files.createDirectories(part.scratch().get());
    }
    part.prepare();
    String fingerprint = command.fingerprint();
    records.announce(part.name(), fingerprint);
    ProcessBuilder builder = new ProcessBuilder(wrapped(part, command));
    builder.directory(command.folder().toFile());
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.putAll(command.environment());
    builder.redirectInput(new File("/dev/null"));
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    long pid = builder.start().pid();
    ProcessIdentity process =
        ProcessIdentity.of(pid)
            // It may have ended already, as one does that sees the hold flag; it wrote who it was.
            .or(() -> records.selfRecorded(part.name()).filter(self -> self.pid() == pid))
            .orElseThrow(
                () -> new IOException("Expected " + part.name() + " to run, but it ended at once"));
    records.started(part.name(), fingerprint, process);
    return process;
  }

  private List<String> wrapped(Part part, PartCommand command) {
    List<String> words = new ArrayList<>();
    onPath("setsid").ifPresent(setsid -> words.add(setsid.toString()));
    words.addAll(List.of("/bin/sh", "-c", SCRIPT, "kodo-part"));
    words.add(records.statFile(part.name()).toString());
    words.add(part.holdFlag().map(Path::toString).orElse(""));
    words.addAll(command.words());
    return words;
  }

  /** Finds a program on the PATH. */
  public static Optional<Path> onPath(String program) {
    String path = System.getenv().getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin");
    for (String folder : path.split(File.pathSeparator, -1)) {
      Path candidate = Path.of(folder, program);
      if (!folder.isEmpty() && Files.isExecutable(candidate)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }
}
