package dev.kodo.kernel.audit;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a verification found.
 *
 * @param entries how many were read
 * @param firstAt when the first of them was written, absent when there are none
 * @param checkpoints with a valid signature
 * @param afterHead entries that are newer than the signed head: those of this moment while the
 *     kernel runs, otherwise those of the moment of a crash
 * @param findings the first hundred
 * @param allFindings how many there are
 */
public record AuditReport(
    long entries,
    @Nullable Instant firstAt,
    @Nullable Instant lastAt,
    int checkpoints,
    long afterHead,
    List<Finding> findings,
    long allFindings) {

  public boolean isIntact() {
    return allFindings == 0;
  }
}
