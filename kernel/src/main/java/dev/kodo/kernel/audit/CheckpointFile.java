package dev.kodo.kernel.audit;

import dev.kodo.kernel.home.Json;
import java.io.IOException;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The checkpoints in the file beside the database.
 *
 * @param checkpoints those with a valid signature
 * @param damage what is wrong with the other lines
 */
record CheckpointFile(List<Checkpoint> checkpoints, List<Finding> damage) {

  static CheckpointFile read(AuditFolder folder, AuditPublicKey key) throws IOException {
    List<Checkpoint> good = new ArrayList<>();
    List<Finding> damage = new ArrayList<>();
    int number = 0;
    for (String line : folder.checkpointLines()) {
      number++;
      Optional<Checkpoint> checkpoint = parse(line).filter(found -> found.isSignedBy(key));
      if (checkpoint.isPresent()) {
        good.add(checkpoint.get());
      } else {
        damage.add(
            Finding.ofFile(
                Damage.CHECKPOINT_ALTERED,
                "Line "
                    + number
                    + " of "
                    + folder.checkpoints()
                    + " was not signed by the kernel."));
      }
    }
    return new CheckpointFile(List.copyOf(good), List.copyOf(damage));
  }

  private static Optional<Checkpoint> parse(String line) {
    try {
      return Optional.of(Checkpoint.of(Json.parse(line)));
    } catch (IOException | IllegalArgumentException | DateTimeException unreadable) {
      return Optional.empty();
    }
  }

  /** The last entry that one of them covers; 0 when there are none. */
  long lastSeq() {
    return checkpoints.stream().mapToLong(Checkpoint::lastSeq).max().orElse(0);
  }
}
