package dev.kodo.workspace;

import dev.kodo.worker.JobFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/**
 * Runs the git command on one repository: no hooks, no editor, no prompt, no signing, no
 * configuration of the user or the machine, bounded time and output.
 */
final class Git {
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final int MOST_OUTPUT = 64 * 1024;
  private static final List<String> HARMLESS =
      List.of(
          "core.hooksPath=/dev/null",
          "core.fsmonitor=false",
          "core.untrackedCache=false",
          "core.autocrlf=false",
          "core.editor=true",
          "core.fsync=committed,reference",
          "core.protectNTFS=false",
          "core.protectHFS=false",
          "commit.gpgSign=false",
          "gc.auto=0",
          "gc.autoDetach=false",
          "init.defaultBranch=main");

  private final Path root;

  Git(Path root) {
    this.root = root;
  }

  /** What a finished command said, each stream cut at 64 KiB. */
  record Output(int exit, String out, String err) {
    boolean succeeded() {
      return exit == 0;
    }
  }

  /** The repository's own folder. */
  Path folder() {
    return root.resolve(".git");
  }

  /** Runs a command that is expected to succeed and returns what it printed, trimmed. */
  String must(Map<String, String> environment, String input, String... arguments) {
    Output output = run(environment, input, arguments);
    if (output.succeeded()) {
      return output.out().strip();
    }
    throw failed(arguments[0], output.err());
  }

  String must(String... arguments) {
    return must(Map.of(), "", arguments);
  }

  Output run(Map<String, String> environment, String input, String... arguments) {
    Process process = start(environment, arguments);
    FutureTask<String> out = inBackground(process.getInputStream());
    FutureTask<String> err = inBackground(process.getErrorStream());
    Thread.startVirtualThread(() -> feed(process.getOutputStream(), input));
    try {
      if (!process.waitFor(LONGEST.toMillis(), TimeUnit.MILLISECONDS)) {
        throw failed(arguments[0], "it was not done after " + LONGEST.toSeconds() + " s");
      }
      return new Output(process.exitValue(), out.get(), err.get());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw JobFailure.abandoned("Stopped during git " + arguments[0] + ".");
    } catch (ExecutionException e) {
      throw failed(arguments[0], String.valueOf(e.getCause()));
    } finally {
      process.destroyForcibly();
    }
  }

  private Process start(Map<String, String> environment, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of("git", "--git-dir=" + folder(), "--work-tree=" + root, "--literal-pathspecs"));
    HARMLESS.forEach(setting -> command.addAll(List.of("-c", setting)));
    command.addAll(List.of("-c", "safe.directory=" + root));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(root.toFile());
    String path = builder.environment().get("PATH");
    builder.environment().clear();
    builder.environment().putAll(quiet(path == null ? "/usr/local/bin:/usr/bin:/bin" : path));
    builder.environment().putAll(environment);
    try {
      return builder.start();
    } catch (IOException e) {
      throw new WorkspaceException(
          WorkspaceException.Code.GIT_FAILED,
          "Could not start git in %s (%s). Install git, or check that the folder exists."
              .formatted(Shown.path(root), Shown.path(String.valueOf(e.getMessage()))),
          e);
    }
  }

  private Map<String, String> quiet(String path) {
    return Map.ofEntries(
        Map.entry("PATH", path),
        Map.entry("HOME", folder().toString()),
        Map.entry("XDG_CONFIG_HOME", folder().toString()),
        Map.entry("LC_ALL", "C.UTF-8"),
        Map.entry("LANGUAGE", "C"),
        Map.entry("GIT_CONFIG_GLOBAL", "/dev/null"),
        Map.entry("GIT_CONFIG_SYSTEM", "/dev/null"),
        Map.entry("GIT_CONFIG_NOSYSTEM", "1"),
        Map.entry("GIT_ATTR_NOSYSTEM", "1"),
        Map.entry("GIT_TERMINAL_PROMPT", "0"),
        Map.entry("GIT_PAGER", "cat"),
        Map.entry("GIT_AUTHOR_NAME", "Kodo"),
        Map.entry("GIT_AUTHOR_EMAIL", "kodo@localhost"),
        Map.entry("GIT_COMMITTER_NAME", "Kodo"),
        Map.entry("GIT_COMMITTER_EMAIL", "kodo@localhost"));
  }

  private static void feed(OutputStream stdin, String input) {
    try (stdin) {
      stdin.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException gitDoesNotWantIt) {
      // Its exit code tells what happened.
    }
  }

  private static FutureTask<String> inBackground(InputStream stream) {
    FutureTask<String> task = new FutureTask<>(() -> bounded(stream));
    Thread.startVirtualThread(task);
    return task;
  }

  private static String bounded(InputStream stream) throws IOException {
    try (stream) {
      String text = new String(stream.readNBytes(MOST_OUTPUT), StandardCharsets.UTF_8);
      stream.skip(Long.MAX_VALUE);
      return text;
    }
  }

  private WorkspaceException failed(String command, String why) {
    WorkspaceException.Code told = Cause.codeOf(why);
    WorkspaceException.Code code = told == null ? WorkspaceException.Code.GIT_FAILED : told;
    return new WorkspaceException(
        code,
        "git %s failed in %s: %s. %s"
            .formatted(command, Shown.path(root), Shown.path(why.strip()), Cause.next(code, root)),
        null);
  }
}
