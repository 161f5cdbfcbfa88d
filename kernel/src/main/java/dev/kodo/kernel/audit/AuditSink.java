package dev.kodo.kernel.audit;

/** Where actions are recorded. */
public interface AuditSink {
  /**
   * Records an event. Returns when the entry is on the disk. May be called from many threads.
   *
   * @throws AuditUnavailable when the entry could not be made durable, or may not be; whoever must
   *     not act unrecorded does not act then
   */
  void append(AuditEvent event);
}
