package dev.kodo.audit;

/** Takes note of an action for the audit log. */
public interface AuditTrail {
  /** For a body without a kernel, in tests: nobody keeps a log. */
  AuditTrail NONE = entry -> {};

  /**
   * Keeps the entry until the guard has it. Inside a transaction it is kept if that one commits;
   * call it there for what the transaction changes.
   */
  void enter(AuditEntry entry);
}
