package dev.kodo.workspace;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes half-written files of a body that was killed. */
final class Leftovers extends SimpleFileVisitor<Path> {
  private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);
  private static final Duration SURELY_DEAD = Duration.ofMinutes(1);
  private static final Set<String> NOT_OURS = Set.of(".git", "projects");

  private final Path root;
  private final Clock clock;
  private final PathMatcher unfinished;
  private int removed;

  private Leftovers(Path root, Clock clock) {
    this.root = root;
    this.clock = clock;
    this.unfinished = root.getFileSystem().getPathMatcher("glob:" + DurableFiles.UNFINISHED);
  }

  /** Returns how many were removed. */
  static int remove(Path root, Clock clock) {
    Leftovers leftovers = new Leftovers(root, clock);
    try {
      Files.walkFileTree(root, leftovers);
    } catch (IOException e) {
      LOG.info("Could not look for half-written files in {}: {}", root, e.getMessage());
    }
    return leftovers.removed;
  }

  @Override
  public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes facts) {
    boolean skipped =
        root.equals(folder.getParent()) && NOT_OURS.contains(String.valueOf(folder.getFileName()));
    return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes facts) throws IOException {
    if (unfinished.matches(file.getFileName())
        && facts.isRegularFile()
        && facts.lastModifiedTime().toInstant().isBefore(clock.instant().minus(SURELY_DEAD))) {
      removed += Files.deleteIfExists(file) ? 1 : 0;
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException unreadable) {
    return FileVisitResult.CONTINUE;
  }
}
