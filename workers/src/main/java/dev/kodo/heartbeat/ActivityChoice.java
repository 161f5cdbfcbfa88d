package dev.kodo.heartbeat;

import dev.kodo.model.Contract;
import dev.kodo.model.Purpose;

/**
 * The model's choice of what to do in this beat.
 *
 * @param reason one sentence that justifies it by the balance of activities
 * @param minutes time that the activity will need; 0 for the usual limit
 */
record ActivityChoice(String activity, String reason, int minutes) {
  static final Contract<ActivityChoice> CONTRACT =
      new Contract<>(
          Purpose.CHOOSE_ACTIVITY, ActivityChoice.class, 160, 60, Contract.Otherwise.TABLE);

  private static final int LONGEST_REASON = 300;

  ActivityChoice {
    if (activity.isBlank() || reason.isBlank()) {
      throw new IllegalArgumentException("activity and reason must not be empty");
    }
    if (minutes < 0) {
      throw new IllegalArgumentException("minutes must be 0 or more but is " + minutes);
    }
    reason =
        reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON - 1) + "…";
  }
}
