package dev.kodo.audit;

import org.jspecify.annotations.Nullable;

/** Takes note of an action for the audit log. */
public interface AuditTrail {
  /** For a body without a kernel, in tests: nobody keeps a log. */
  AuditTrail NONE = entry -> {};

  /**
   * Keeps the entry until the guard has it. Inside a transaction it is kept if that one commits;
   * call it there for what the transaction changes.
   */
  void enter(AuditEntry entry);

  /** What the log does not have yet. */
  default Untold untold() {
    return Untold.NOTHING;
  }

  /**
   * Entries that are kept here.
   *
   * @param waiting go to the guard with the next jobs
   * @param refused the guard does not take as they are
   * @param why the reason of the oldest refused one, null when there is none
   */
  record Untold(int waiting, int refused, @Nullable String why) {
    static final Untold NOTHING = new Untold(0, 0, null);
  }
}
