package dev.kodo.kernel.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** A folder for unfinished work beside its target, one per process, as caches can be shared. */
public final class WorkFolder {
  private WorkFolder() {}

  /** The name for this process. What killed processes left under such names is removed. */
  public static Path beside(Path target) throws IOException {
    String prefix = "." + target.getFileName() + ".new-";
    Path parent = Objects.requireNonNull(target.toAbsolutePath().getParent());
    Files.createDirectories(parent);
    List<Path> leftovers;
    try (Stream<Path> entries = Files.list(parent)) {
      leftovers = entries.filter(entry -> isLeftover(entry, prefix)).toList();
    }
    for (Path leftover : leftovers) {
      FolderRemoval.remove(leftover);
    }
    return parent.resolve(prefix + ProcessHandle.current().pid());
  }

  private static boolean isLeftover(Path entry, String prefix) {
    String name = entry.getFileName().toString();
    if (!name.startsWith(prefix)) {
      return false;
    }
    String pid = name.substring(prefix.length());
    boolean own = pid.equals(Long.toString(ProcessHandle.current().pid()));
    return own
        || !pid.chars().allMatch(Character::isDigit)
        || ProcessHandle.of(Long.parseLong(pid)).isEmpty();
  }
}
