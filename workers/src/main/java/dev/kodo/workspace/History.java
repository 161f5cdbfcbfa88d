package dev.kodo.workspace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits named files of a workspace. A commit is built from HEAD in an index of its own, so that
 * what a person has staged, edited or is merging stays out of it and stays theirs.
 */
final class History {
  private static final Logger LOG = LoggerFactory.getLogger(History.class);

  /** A ref beside the branches: up to here the audit log was told. */
  private static final String REPORTED = "refs/kodo/reported";

  private static final String NO_COMMIT = "0".repeat(40);

  private final Path root;
  private final Git git;
  private final Clock clock;
  private final StaleLocks locks;

  History(Path root, Clock clock) {
    this.root = root;
    this.git = new Git(root);
    this.clock = clock;
    this.locks = new StaleLocks(root, clock);
  }

  /** Makes the repository when it is missing or was left half-made. */
  void prepare() {
    boolean complete =
        Stream.of("HEAD", "config", "objects", "refs")
            .allMatch(part -> Files.exists(git.folder().resolve(part)));
    if (!complete) {
      git.must("init", "--quiet", "--template=");
    }
    Path exclude = git.folder().resolve("info").resolve("exclude");
    if (Files.notExists(exclude)) {
      try {
        DurableFiles.write(
            exclude, (DurableFiles.UNFINISHED + "\n").getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw Cause.of("write", exclude, exclude, e);
      }
    }
  }

  /** Packs loose objects when there are many. Only speed is lost when it fails. */
  void tidy() {
    if (!git.run(Map.of(), "", "-c", "gc.auto=6700", "gc", "--auto", "--quiet").succeeded()) {
      LOG.info("Packing the git objects of {} did not work this time", root);
    }
  }

  /** Those of {@code paths} that the last commit does not hold. */
  List<String> notYetCommitted(Collection<String> paths) {
    if (head().isEmpty()) {
      return List.copyOf(paths);
    }
    List<String> command = new ArrayList<>(List.of("ls-tree", "-z", "--name-only", "HEAD", "--"));
    command.addAll(paths);
    List<String> known = List.of(git.must(command.toArray(String[]::new)).split("\0"));
    return paths.stream().filter(path -> !known.contains(path)).toList();
  }

  /**
   * Commits the present state of {@code paths}, which are relative to the root, deleted ones
   * included. False when HEAD already holds it.
   */
  boolean commit(String message, Collection<String> paths) {
    prepare();
    locks.remove(git.folder());
    String list = String.join("\0", paths) + "\0";
    // First staged, then committed: a crash in between shows as a staged change, and a repeat ends
    // it.
    stage(Map.of(), list);
    Map<String, String> own = Map.of("GIT_INDEX_FILE", freshIndex().toString());
    String head = head();
    git.must(own, "", "read-tree", head.isEmpty() ? "--empty" : head);
    stage(own, list);
    String tree = git.must(own, "", "write-tree");
    freshIndex();
    if (!head.isEmpty() && tree.equals(git.must("rev-parse", head + "^{tree}"))) {
      return false;
    }
    String[] command =
        head.isEmpty()
            ? new String[] {"commit-tree", tree}
            : new String[] {"commit-tree", tree, "-p", head};
    String commit = git.must(dated(), message.strip() + "\n", command);
    git.must(dated(), "", "update-ref", "-m", "kodo", "HEAD", commit, old(head));
    return true;
  }

  /**
   * A commit of anybody.
   *
   * @param subject first line of its message
   * @param paths what it changed; none for a merge
   */
  record Commit(String id, String subject, List<String> paths) {}

  /**
   * The ids of the commits since {@link #markReported}, oldest first; when there are very many, the
   * oldest of them. Without any report before, the last commit alone.
   */
  List<String> unreported() {
    boolean before =
        git.run(Map.of(), "", "rev-parse", "--verify", "--quiet", REPORTED).succeeded();
    String listed =
        before
            ? git.must("rev-list", "--reverse", REPORTED + "..HEAD")
            : git.must("rev-list", "--max-count=1", "HEAD");
    // A list that was cut ends within an id.
    return listed.lines().filter(id -> id.length() == NO_COMMIT.length()).toList();
  }

  /** Plumbing, one fact at a time: a subject or a name may hold any character. */
  Commit commit(String id) {
    String subject = git.must("log", "-1", "--no-show-signature", "--no-color", "--format=%s", id);
    String changed =
        git.must("diff-tree", "--root", "-r", "--no-commit-id", "--name-only", "-z", id);
    return new Commit(
        id, subject, Stream.of(changed.split("\0")).filter(path -> !path.isEmpty()).toList());
  }

  /** From now on only what comes after this commit is unreported. */
  void markReported(String commit) {
    git.must("update-ref", REPORTED, commit);
  }

  private void stage(Map<String, String> environment, String paths) {
    git.must(environment, paths, "update-index", "--add", "--remove", "--replace", "-z", "--stdin");
  }

  private String head() {
    Git.Output output = git.run(Map.of(), "", "rev-parse", "--verify", "--quiet", "HEAD^{commit}");
    return output.succeeded() ? output.out().strip() : "";
  }

  private static String old(String head) {
    return head.isEmpty() ? NO_COMMIT : head;
  }

  private Path freshIndex() {
    Path index = git.folder().resolve("kodo-" + ProcessHandle.current().pid() + ".index");
    Stream.of(index, index.resolveSibling(index.getFileName() + ".lock"))
        .forEach(
            file -> {
              try {
                Files.deleteIfExists(file);
              } catch (IOException e) {
                throw Cause.of("remove", file, file, e);
              }
            });
    return index;
  }

  private Map<String, String> dated() {
    Map<String, String> dates = new HashMap<>();
    var now = clock.instant();
    String date =
        now.getEpochSecond()
            + " "
            + clock
                .getZone()
                .getRules()
                .getOffset(now)
                .getId()
                .replace(":", "")
                .replace("Z", "+0000");
    dates.put("GIT_AUTHOR_DATE", date);
    dates.put("GIT_COMMITTER_DATE", date);
    return dates;
  }
}
