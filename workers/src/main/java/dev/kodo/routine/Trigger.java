package dev.kodo.routine;

/** Words for what starts a run and stands in no file. */
final class Trigger {
  /** A person asked for a run now. */
  static final String BY_HAND = "by hand";

  private Trigger() {}
}
