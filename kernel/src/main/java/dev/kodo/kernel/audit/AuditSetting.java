package dev.kodo.kernel.audit;

import dev.kodo.kernel.books.GuardDatabase;
import java.time.Clock;
import java.time.Duration;

/**
 * What a log needs.
 *
 * @param sealAfter the longest time that an entry waits for a checkpoint
 */
public record AuditSetting(
    GuardDatabase database, AuditFolder folder, AuditKey key, Clock clock, Duration sealAfter) {
  private static final Duration SEAL_AFTER = Duration.ofMinutes(1);

  public AuditSetting(GuardDatabase database, AuditFolder folder, AuditKey key, Clock clock) {
    this(database, folder, key, clock, SEAL_AFTER);
  }
}
