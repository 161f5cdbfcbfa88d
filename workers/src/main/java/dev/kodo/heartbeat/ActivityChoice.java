package dev.kodo.heartbeat;

import dev.kodo.model.Between;
import dev.kodo.model.Brief;
import dev.kodo.model.Choice;
import dev.kodo.model.Contract;
import dev.kodo.model.Purpose;

/**
 * The model's choice of what to do in this beat.
 *
 * @param reason one sentence that justifies it by the balance of activities
 * @param activity one of those that are permitted now
 * @param minutes time that the activity will need; 0 for the usual limit
 */
record ActivityChoice(
    @Brief(longest = 200) String reason,
    @Choice String activity,
    @Between(least = 0, most = 1440) int minutes) {
  /** A reason of 200 kana or kanji takes up to as many tokens. */
  static final Contract<ActivityChoice> CONTRACT =
      new Contract<>(
          Purpose.CHOOSE_ACTIVITY, ActivityChoice.class, 260, 40, Contract.Otherwise.TABLE);
}
