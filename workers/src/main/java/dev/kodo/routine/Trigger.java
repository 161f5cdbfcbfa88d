package dev.kodo.routine;

/** Words for what starts a run. */
final class Trigger {
  /** A person asked for a run now. */
  static final String BY_HAND = "by hand";

  /** The line before the paths of new files. */
  static final String FILE_ADDED = "event file-added";

  private Trigger() {}
}
