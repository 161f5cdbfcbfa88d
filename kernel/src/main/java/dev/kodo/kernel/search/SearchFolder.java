package dev.kodo.kernel.search;

import dev.kodo.kernel.archive.FolderRemoval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;

/** What Operate and Tasklist know: a copy of the engine's records, never the only one. */
public record SearchFolder(Path path) {
  private static final String USED = "used";

  /** Whether Operate has run on it. */
  public boolean isWatched() {
    return Files.exists(path.resolve(USED));
  }

  /** Notes that Operate's records arrive now. */
  void used() throws IOException {
    Path mark = path.resolve(USED);
    if (!Files.exists(mark)) {
      Files.createFile(mark);
    }
    Files.setLastModifiedTime(mark, FileTime.fromMillis(System.currentTimeMillis()));
  }

  /** Whether Operate ran on it, and not for this long. */
  public boolean isOlderThan(Duration age, Clock clock) throws IOException {
    return isWatched()
        && Files.getLastModifiedTime(path.resolve(USED))
            .toInstant()
            .plus(age)
            .isBefore(clock.instant());
  }

  public void remove() throws IOException {
    FolderRemoval.remove(path);
  }
}
