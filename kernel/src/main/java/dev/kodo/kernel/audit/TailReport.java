package dev.kodo.kernel.audit;

import java.util.List;

/**
 * What a look at the end of the log found.
 *
 * @param entries that were looked at: those since the last checkpoint, and the one before them
 */
public record TailReport(long entries, List<Finding> findings) {
  public TailReport {
    findings = List.copyOf(findings);
  }
}
