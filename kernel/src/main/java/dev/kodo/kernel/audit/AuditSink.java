package dev.kodo.kernel.audit;

import java.util.List;

/** Where actions are recorded. */
public interface AuditSink {
  /**
   * Records an event. Returns when the entry is on the disk. May be called from many threads.
   *
   * @throws AuditUnavailable when the entry could not be made durable, or may not be; whoever must
   *     not act unrecorded does not act then
   */
  void append(AuditEvent event);

  /**
   * Returns when all of them are on the disk. When it throws, nobody knows which of them are.
   *
   * @throws AuditUnavailable when they cannot be written now
   */
  default void appendAll(List<AuditEvent> events) {
    events.forEach(this::append);
  }
}
