package dev.kodo.heartbeat;

import org.jspecify.annotations.Nullable;

/**
 * How the activity of a beat ended, as its log tells it.
 *
 * @param outcome {@code done}, {@code failed}, {@code time-is-up} or {@code cut-short}
 * @param errorCode null when nothing went wrong; to be cut short is no error of the agent
 * @param message what happened instead of the work, null when it was done
 */
record ActivityEnd(String outcome, @Nullable String errorCode, @Nullable String message) {
  static final String CUT_SHORT = "cut-short";
  private static final String TIME_IS_UP = "time-is-up";

  static ActivityEnd of(Beat beat, HeartbeatWorker.WriteLog end) {
    if (TIME_IS_UP.equals(end.activityEnd())) {
      return new ActivityEnd(
          TIME_IS_UP, "TIME_IS_UP", "The time limit was reached and the activity was stopped.");
    }
    if (CUT_SHORT.equals(end.activityEnd())) {
      return new ActivityEnd(CUT_SHORT, null, whyCutShort(beat, end.tier()));
    }
    return end.errorCode() == null
        ? new ActivityEnd("done", null, null)
        : new ActivityEnd("failed", end.errorCode(), end.errorMessage());
  }

  private static String whyCutShort(Beat beat, @Nullable String tier) {
    return """
        The survival tier became %s while the beat ran, and that tier does not permit %s. The activity was stopped to \
        save what is left of the day's budget. What it had finished is in this workspace and its git history."""
        .formatted(
            tier == null ? "stricter" : tier,
            beat.activity() == null ? "this activity" : beat.activity());
  }

  boolean isDone() {
    return outcome.equals("done");
  }
}
