package dev.kodo.kernel.workers;

import dev.kodo.kernel.home.AtomicFile;
import dev.kodo.kernel.problem.Problem;
import dev.kodo.kernel.problem.ProblemCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Whether the workers are locked in at this start.
 *
 * @param before a file that says that they were; out of their reach, so that a body which keeps the
 *     machine from locking it in once more does not come free by that
 */
public record Locking(Confinement confinement, Path before) {

  /**
   * Tries the confinement out before the workers start, so that a machine that cannot is a
   * sentence, no crash.
   *
   * @param wish the value of {@code workers.confined}
   * @param notice hears of it when they are not locked in although nobody forbade it
   * @throws Problem when they must be and cannot be
   */
  public Optional<Confinement> decide(String wish, Consumer<String> notice) throws IOException {
    if (wish.equals("never")) {
      Files.deleteIfExists(before);
      return Optional.empty();
    }
    for (Path folder : confinement.writable()) {
      Files.createDirectories(folder);
    }
    Optional<String> obstacle = confinement.obstacle();
    if (obstacle.isEmpty()) {
      AtomicFile.write(before, "From now on `auto` locks the workers in, or does not start.\n");
      return Optional.of(confinement);
    }
    boolean asked = wish.equals("always");
    if (asked || Files.exists(before)) {
      throw new Problem(
          ProblemCode.CONFINEMENT_DENIED,
          "Expected to lock the workers in, as "
              + (asked ? "`workers.confined: always` asks" : "before")
              + ", but: "
              + obstacle.get()
              + ".");
    }
    notice.accept(
        "The workers are not locked in, as "
            + obstacle.get()
            + ": nothing but their own manners keeps them from the kernel's files. See"
            + " docs/confinement.md.");
    return Optional.empty();
  }
}
