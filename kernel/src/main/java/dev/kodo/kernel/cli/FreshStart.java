package dev.kodo.kernel.cli;

import dev.kodo.kernel.archive.FolderRemoval;
import dev.kodo.kernel.config.Config;
import dev.kodo.kernel.home.KodoHome;
import dev.kodo.kernel.problem.Problem;
import dev.kodo.kernel.problem.ProblemCode;
import dev.kodo.kernel.run.KernelLock;
import dev.kodo.kernel.run.Orphans;
import dev.kodo.kernel.run.PanicFlag;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Wipes what Kodo knows, inside its home folder only; settings and the cache stay. */
final class FreshStart {
  private final Session session;

  FreshStart(Session session) {
    this.session = session;
  }

  void wipe(boolean withoutAsking) throws IOException, InterruptedException {
    KodoHome home = session.home();
    requireNoPanic(home);
    FreshScope scope = FreshScope.of(home, Config.load(home));
    if (!scope.folders().isEmpty()) {
      scope.folders().forEach(FreshStart::requireNoLink);
      if (!withoutAsking) {
        ask(scope);
      }
      wipe(home, scope.folders());
      session.out().println("Wiped. Settings and downloads are kept.");
    }
    scope.kept().forEach(kept -> session.out().println("Not wiped: " + kept));
  }

  /** The flag is a person's word; wiping it with the rest would let the agents start. */
  private static void requireNoPanic(KodoHome home) {
    if (new PanicFlag(home.panicFlag()).isRaised()) {
      throw new Problem(ProblemCode.PANIC_ACTIVE, "Nothing was deleted, as `kodo panic` was used.");
    }
  }

  /** The lock's own file stays: a kernel that started beside a deleted one would hold nothing. */
  private static void wipe(KodoHome home, List<Path> folders)
      throws IOException, InterruptedException {
    KernelLock lock = KernelLock.take(home);
    try {
      requireNothingAlive(new Orphans(home).end().alive());
      for (Path folder : folders) {
        if (!folder.equals(home.run())) {
          FolderRemoval.remove(folder);
        }
      }
      try (Stream<Path> files = Files.list(home.run())) {
        for (Path file : files.filter(f -> !f.equals(KernelLock.file(home))).toList()) {
          FolderRemoval.remove(file);
        }
      }
    } finally {
      lock.close();
    }
  }

  private static void requireNothingAlive(List<String> alive) {
    if (!alive.isEmpty()) {
      throw new Problem(
          ProblemCode.FRESH_REFUSED,
          "Nothing was deleted, as these parts could not be ended: "
              + String.join(", ", alive)
              + ".",
          "End these processes, then run the command again.");
    }
  }

  /** What lies behind a link is outside, and nothing outside is ever deleted. */
  private static void requireNoLink(Path folder) {
    if (Files.isSymbolicLink(folder)) {
      throw new Problem(
          ProblemCode.FRESH_REFUSED,
          "Expected " + folder + " to be a folder, but it is a link; nothing was deleted.",
          "Remove the link, and what it leads to, by hand; then run the command again.");
    }
  }

  private void ask(FreshScope scope) throws IOException {
    session.out().println("This deletes for good:");
    scope.folders().forEach(folder -> session.out().println("  " + folder));
    scope.kept().forEach(kept -> session.out().println("This stays: " + kept));
    session.out().print("Type yes to go on: ");
    session.out().flush();
    String answer =
        new BufferedReader(new InputStreamReader(session.in(), StandardCharsets.UTF_8)).readLine();
    if (!"yes".equals(answer == null ? null : answer.strip())) {
      throw new Problem(ProblemCode.CANCELLED, "Nothing was deleted.", "Use --yes in scripts.");
    }
  }
}
