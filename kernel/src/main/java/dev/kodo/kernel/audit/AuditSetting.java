package dev.kodo.kernel.audit;

import dev.kodo.kernel.books.KeptBooks;
import java.time.Clock;
import java.time.Duration;

/**
 * What a log needs.
 *
 * @param sealAfter the longest time that an entry waits for a checkpoint
 */
public record AuditSetting(
    KeptBooks books, AuditFolder folder, AuditKey key, Clock clock, Duration sealAfter) {
  private static final Duration SEAL_AFTER = Duration.ofMinutes(1);

  public AuditSetting(KeptBooks books, AuditFolder folder, AuditKey key, Clock clock) {
    this(books, folder, key, clock, SEAL_AFTER);
  }
}
