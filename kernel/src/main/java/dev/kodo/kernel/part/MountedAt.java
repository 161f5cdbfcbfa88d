package dev.kodo.kernel.part;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * The processes that see a mount at this folder. A part that is locked in has mounts of its own,
 * and what it starts cannot leave them: so this finds also what left its session and outlived its
 * parents.
 *
 * @param folder where nobody else has a mount
 */
public record MountedAt(Path folder) {
  private static final Path PROC = Path.of("/proc");
  private static final int MOUNT_POINT = 4;

  /**
   * Kills all of them and waits until they are gone.
   *
   * @return false when something still lives after the given time
   */
  public boolean kill(Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    for (List<ProcessIdentity> alive = alive(); !alive.isEmpty(); alive = alive()) {
      alive.forEach(process -> process.handle().ifPresent(ProcessHandle::destroyForcibly));
      if (System.nanoTime() > deadline) {
        return false;
      }
      ProcessTree.pause();
    }
    return true;
  }

  List<ProcessIdentity> alive() {
    String point = asWritten(folder);
    return ProcStat.pids()
        .filter(pid -> sees(pid, point))
        .flatMap(pid -> ProcessIdentity.of(pid).stream())
        .toList();
  }

  private static boolean sees(long pid, String point) {
    try (Stream<String> lines =
        Files.lines(PROC.resolve(pid + "/mountinfo"), StandardCharsets.ISO_8859_1)) {
      return lines
          .map(line -> line.split(" ", -1))
          .anyMatch(words -> words[MOUNT_POINT].equals(point));
    } catch (IOException | RuntimeException gone) {
      return false;
    }
  }

  /**
   * As the system writes it (man proc_pid_mountinfo): byte by byte, four of them in octal digits.
   */
  private static String asWritten(Path folder) {
    Path real;
    try {
      real = folder.toRealPath();
    } catch (IOException absent) {
      real = folder.toAbsolutePath().normalize();
    }
    String bytes =
        new String(real.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    return bytes
        .replace("\\", "\\134")
        .replace(" ", "\\040")
        .replace("\t", "\\011")
        .replace("\n", "\\012");
  }
}
