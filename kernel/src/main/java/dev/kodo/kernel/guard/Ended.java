package dev.kodo.kernel.guard;

import java.util.Locale;

/** How the guard saw an answer end. */
enum Ended {
  COMPLETE,
  /** The provider's own time limit was over. */
  TIMEOUT,
  /** The caller's deadline had come. */
  DEADLINE,
  /** Panic, or the guard's own end. */
  STOPPED,
  /** The provider broke it off. */
  CUT_OFF,
  TOO_LARGE,
  CALLER_GONE;

  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
