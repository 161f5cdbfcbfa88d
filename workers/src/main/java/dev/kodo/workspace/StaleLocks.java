package dev.kodo.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes the lock files that a killed git left behind. A lock stays when it is young or when some
 * git is at work in this workspace, for example that of a person who has a commit message open.
 */
final class StaleLocks {
  private static final Logger LOG = LoggerFactory.getLogger(StaleLocks.class);
  private static final Duration YOUNG = Duration.ofSeconds(5);

  private final Path root;
  private final Clock clock;

  StaleLocks(Path root, Clock clock) {
    this.root = root;
    this.clock = clock;
  }

  /** To be called while no git of this workspace object runs. */
  void remove(Path gitFolder) {
    try (Stream<Path> files = Files.walk(gitFolder.resolve("refs"))) {
      Stream.concat(
              Stream.of("index.lock", "HEAD.lock", "packed-refs.lock").map(gitFolder::resolve),
              files.filter(file -> file.toString().endsWith(".lock")))
          .filter(this::isOld)
          .filter(lock -> noGitAtWork())
          .forEach(StaleLocks::delete);
    } catch (IOException | java.io.UncheckedIOException gitTellsItself) {
      LOG.debug("Could not look for lock files in {}", gitFolder, gitTellsItself);
    }
  }

  private boolean isOld(Path lock) {
    if (!Files.isRegularFile(lock, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try {
      var modified = Files.getLastModifiedTime(lock, LinkOption.NOFOLLOW_LINKS).toInstant();
      // A time in the future comes from a clock that was set back.
      return Duration.between(modified, clock.instant()).abs().compareTo(YOUNG) >= 0;
    } catch (IOException goneAlready) {
      return false;
    }
  }

  private boolean noGitAtWork() {
    return ProcessHandle.allProcesses().filter(StaleLocks::isGit).noneMatch(this::worksHere);
  }

  private static boolean isGit(ProcessHandle process) {
    return process
        .info()
        .command()
        .map(command -> Path.of(command).getFileName())
        .filter(name -> name.toString().equals("git") || name.toString().startsWith("git-"))
        .isPresent();
  }

  private boolean worksHere(ProcessHandle process) {
    try {
      return Files.readSymbolicLink(Path.of("/proc/" + process.pid() + "/cwd")).startsWith(root);
    } catch (IOException cannotTell) {
      return process.isAlive();
    }
  }

  private static void delete(Path lock) {
    try {
      Files.deleteIfExists(lock);
      LOG.warn("Removed {}, left behind by a git that was killed", lock);
    } catch (IOException e) {
      LOG.warn("Could not remove {}: {}", lock, e.getMessage());
    }
  }
}
