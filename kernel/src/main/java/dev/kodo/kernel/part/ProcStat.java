package dev.kodo.kernel.part;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringTokenizer;
import java.util.stream.Stream;

/** The fields of {@code /proc/<pid>/stat} (man proc_pid_stat) that the kernel needs. */
record ProcStat(long pid, char state, long session, long threads, long startTicks) {
  private static final Path PROC = Path.of("/proc");

  static boolean available() {
    return Files.isReadable(PROC.resolve("self/stat"));
  }

  static Optional<ProcStat> read(long pid) {
    try {
      return Optional.of(parse(Files.readString(PROC.resolve(pid + "/stat"))));
    } catch (IOException | IllegalArgumentException gone) {
      return Optional.empty();
    }
  }

  /** The program name stands in brackets and may itself hold blanks and brackets. */
  static ProcStat parse(String line) {
    int open = line.indexOf('(');
    int close = line.lastIndexOf(')');
    if (open < 1 || close < open) {
      throw new IllegalArgumentException("Expected a stat line, but got: " + line);
    }
    long pid = Long.parseLong(line.substring(0, open).strip());
    List<String> rest = new ArrayList<>();
    StringTokenizer fields = new StringTokenizer(line.substring(close + 1));
    while (fields.hasMoreTokens()) {
      rest.add(fields.nextToken());
    }
    if (rest.size() < 20) {
      throw new IllegalArgumentException("Expected 22 fields, but got: " + line);
    }
    return new ProcStat(
        pid,
        rest.get(0).charAt(0),
        Long.parseLong(rest.get(3)),
        Long.parseLong(rest.get(17)),
        Long.parseLong(rest.get(19)));
  }

  /** A killed program's first thread can be gone while others still hold its ports and files. */
  boolean isGone() {
    return state == 'X' || (state == 'Z' && threads <= 1);
  }

  Optional<ProcessIdentity> identity() {
    return isGone()
        ? Optional.empty()
        : Optional.of(new ProcessIdentity(pid, startTicks, ProcessIdentity.currentBoot()));
  }

  /** All live processes of one session, as parts are leaders of a session of their own. */
  static List<ProcStat> ofSession(long session) {
    return pids()
        .flatMap(pid -> read(pid).stream())
        .filter(stat -> stat.session() == session && !stat.isGone())
        .toList();
  }

  /** Of all processes of this machine; none where there is no {@code /proc}. */
  static Stream<Long> pids() {
    if (!available()) {
      return Stream.empty();
    }
    try (Stream<Path> entries = Files.list(PROC)) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> name.chars().allMatch(Character::isDigit))
          .map(Long::valueOf)
          .toList()
          .stream();
    } catch (IOException e) {
      return Stream.empty();
    }
  }
}
