package dev.kodo.heartbeat;

import java.util.Locale;

/** Where a beat stands. Only {@code OPEN} moves, and only to one of the others. */
public enum BeatState {
  OPEN,
  /** The log and the promised artifact are there. */
  CLOSED,
  /** The log is there and tells of an error. */
  FAILED,
  /** The completion contract was not met. */
  INCOMPLETE,
  /** The survival tier changed during the activity, and the new one does not permit it. */
  CUT_SHORT,
  /** It never closed; a later beat found it. */
  CRASHED;

  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static BeatState ofId(String id) {
    return valueOf(id.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
