package dev.kodo.kernel.cli;

import dev.kodo.kernel.archive.FolderRemoval;
import dev.kodo.kernel.home.KodoHome;
import dev.kodo.kernel.problem.Problem;
import dev.kodo.kernel.problem.ProblemCode;
import dev.kodo.kernel.run.KernelLock;
import dev.kodo.kernel.run.Orphans;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
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
    List<Path> folders =
        Stream.of(
                home.data(),
                home.workspace(),
                home.audit(),
                home.logs(),
                home.secrets(),
                home.run())
            .filter(folder -> Files.exists(folder, LinkOption.NOFOLLOW_LINKS))
            .toList();
    if (folders.isEmpty()) {
      return;
    }
    folders.forEach(FreshStart::requireNoLink);
    if (!withoutAsking) {
      ask(folders);
    }
    KernelLock lock = KernelLock.take(home);
    try {
      new Orphans(home).end();
      for (Path folder : folders) {
        if (!folder.equals(home.run())) {
          FolderRemoval.remove(folder);
        }
      }
    } finally {
      lock.close();
    }
    FolderRemoval.remove(home.run());
    session.out().println("Wiped. Settings and downloads are kept.");
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

  private void ask(List<Path> folders) throws IOException {
    session.out().println("This deletes for good:");
    folders.forEach(folder -> session.out().println("  " + folder));
    session.out().print("Type yes to go on: ");
    session.out().flush();
    String answer =
        new BufferedReader(new InputStreamReader(session.in(), StandardCharsets.UTF_8)).readLine();
    if (!"yes".equals(answer == null ? null : answer.strip())) {
      throw new Problem(ProblemCode.CANCELLED, "Nothing was deleted.", "Use --yes in scripts.");
    }
  }
}
