package dev.kodo.kernel.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Compares the checkpoints in the database with those in the file. */
final class CheckpointComparison {
  private CheckpointComparison() {}

  /** All that can be trusted, from either place. */
  static List<Checkpoint> trusted(
      List<Checkpoint> stored,
      CheckpointFile file,
      AuditPublicKey key,
      Consumer<Finding> findings) {
    file.damage().forEach(findings);
    Map<Long, Checkpoint> inFile = new TreeMap<>();
    file.checkpoints().forEach(checkpoint -> inFile.put(checkpoint.lastSeq(), checkpoint));
    List<Checkpoint> trusted = new ArrayList<>(file.checkpoints());
    for (Checkpoint checkpoint : stored) {
      Checkpoint twin = inFile.remove(checkpoint.lastSeq());
      if (checkpoint.equals(twin)) {
        continue;
      }
      if (!checkpoint.isSignedBy(key)) {
        findings.accept(altered(checkpoint));
      } else {
        trusted.add(checkpoint);
        reportAbsentFromFile(checkpoint, file, findings);
      }
    }
    inFile.keySet().forEach(lastSeq -> findings.accept(missing(lastSeq)));
    return trusted;
  }

  /** The newest one may be on its way into the file. */
  private static void reportAbsentFromFile(
      Checkpoint checkpoint, CheckpointFile file, Consumer<Finding> findings) {
    if (checkpoint.lastSeq() <= file.lastSeq()) {
      findings.accept(
          new Finding(
              Damage.CHECKPOINT_MISSING,
              checkpoint.firstSeq(),
              checkpoint.lastSeq(),
              "The checkpoint up to entry "
                  + checkpoint.lastSeq()
                  + " is missing in the file of checkpoints."));
    }
  }

  static Finding altered(Checkpoint checkpoint) {
    return new Finding(
        Damage.CHECKPOINT_ALTERED,
        checkpoint.firstSeq(),
        checkpoint.lastSeq(),
        "The checkpoint up to entry "
            + checkpoint.lastSeq()
            + " in the database was not signed by the kernel.");
  }

  static Finding missing(long lastSeq) {
    return Finding.at(
        Damage.CHECKPOINT_MISSING,
        lastSeq,
        "The checkpoint up to entry " + lastSeq + " is missing in the database.");
  }
}
