package dev.kodo.kernel.search;

import dev.kodo.kernel.archive.FolderRemoval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** What Operate and Tasklist know: a copy of the engine's records, never the only one. */
public record SearchFolder(Path path) {

  /** Whether Operate has run on it. */
  public boolean isWatched() {
    return Files.exists(used());
  }

  /** Notes that Operate's records arrive now. */
  void use() throws IOException {
    create(used());
  }

  /** The file that says that the engine did not keep for Operate what happened meanwhile. */
  public Path missed() {
    return path.resolve("missed");
  }

  /** Notes that the engine runs now without keeping anything for Operate. */
  public void miss() throws IOException {
    if (isWatched()) {
      create(missed());
    }
  }

  /**
   * Removes all of it where something was missed: half of a story would be wrong for ever. Called
   * before Operate starts, and only while the search engine does not run.
   *
   * @return whether it was removed
   */
  public boolean beginAnew() throws IOException {
    Path removed = path.resolveSibling(path.getFileName() + ".removed");
    FolderRemoval.remove(removed); // Left by a removal that was cut short.
    if (!Files.exists(missed())) {
      return false;
    }
    Files.move(path, removed, StandardCopyOption.ATOMIC_MOVE);
    FolderRemoval.remove(removed);
    return true;
  }

  private Path used() {
    return path.resolve("used");
  }

  private static void create(Path mark) throws IOException {
    if (!Files.exists(mark)) {
      Files.createFile(mark);
    }
  }
}
