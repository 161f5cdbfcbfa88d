package dev.kodo.model;

import java.util.Locale;

/** How one call to a model ended. */
enum CallState {
  /** The first answer fitted. */
  ANSWERED,
  /** The answer of the repair attempt fitted. */
  REPAIRED,
  /** An answer came that did not fit. */
  INVALID,
  /** The call had no effect; the only state that a later try may change. */
  REFUSED,
  /** Nobody can say; the call is never repeated. */
  UNKNOWN;

  String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
