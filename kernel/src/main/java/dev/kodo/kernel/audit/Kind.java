package dev.kodo.kernel.audit;

import java.util.Locale;

/** What sort of action an entry tells of. */
public enum Kind {
  MODEL_CALL,
  REFUSAL,
  TOOL_CALL,
  FILE_CHANGE,
  TIER_CHANGE,
  APPROVAL,
  RELEASE,
  REPAIR,
  BUDGET_CHANGE,
  PANIC,
  RESUME,
  START,
  STOP,
  /** The kernel found the log shorter than, or other than, it had signed. */
  LOG_DAMAGE;

  /** As stored and shown, such as {@code model-call}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
