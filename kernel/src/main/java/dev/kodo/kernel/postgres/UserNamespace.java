package dev.kodo.kernel.postgres;

import dev.kodo.kernel.part.PartLauncher;
import dev.kodo.kernel.problem.Problem;
import dev.kodo.kernel.problem.ProblemCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * PostgreSQL refuses to run as root. In a user namespace without a mapping root is nobody there,
 * while the kernel's files stay its own.
 */
final class UserNamespace {
  private UserNamespace() {}

  /** The words to put before a PostgreSQL command: none for an ordinary user. */
  static List<String> prefix() throws IOException {
    if (!System.getProperty("user.name", "").equals("root")) {
      return List.of();
    }
    Optional<Path> unshare = PartLauncher.onPath("unshare");
    if (unshare.isEmpty() || !permitted(unshare.get())) {
      throw new Problem(
          ProblemCode.USER_NAMESPACE_DENIED,
          "Expected to start PostgreSQL as root inside a user namespace, but "
              + (unshare.isEmpty() ? "there is no program unshare." : "the machine denies it."));
    }
    return List.of(unshare.get().toString(), "--user");
  }

  private static boolean permitted(Path unshare) throws IOException {
    Process trial =
        new ProcessBuilder(unshare.toString(), "--user", "true")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      return trial.waitFor(5, TimeUnit.SECONDS) && trial.exitValue() == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      trial.destroyForcibly();
    }
  }
}
