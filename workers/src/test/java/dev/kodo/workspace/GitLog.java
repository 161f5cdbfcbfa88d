package dev.kodo.workspace;

import java.nio.file.Path;
import java.util.List;

/** What git says about a workspace, for tests of any feature. */
public final class GitLog {
  private final Git git;

  public GitLog(Workspace workspace) {
    this(workspace.folder());
  }

  public GitLog(Path folder) {
    this.git = new Git(folder);
  }

  /** First lines of all commit messages, newest first. */
  public List<String> subjects() {
    return git.must("log", "--format=%s").lines().toList();
  }

  /** Paths in the last commit's tree. */
  public List<String> files() {
    return List.of(git.must("ls-tree", "-r", "-z", "--name-only", "HEAD").split("\0"));
  }

  /** Porcelain status lines: what differs from the last commit. */
  public List<String> status() {
    String out = git.run(java.util.Map.of(), "", "status", "--porcelain", "-uall").out();
    return out.lines().toList();
  }

  public String must(String... arguments) {
    return git.must(arguments);
  }
}
