package dev.kodo.heartbeat;

import dev.kodo.model.Body;
import dev.kodo.model.Brief;
import dev.kodo.model.Contract;
import dev.kodo.model.Purpose;
import dev.kodo.model.Title;

/**
 * What the model made of an activity. Title and body are empty when nothing was worth keeping.
 *
 * @param title names the piece
 * @param summary one or two sentences for the activity log
 * @param body Markdown of the piece
 */
record ActivityWork(
    @Title(longest = 80) String title,
    @Brief(longest = 400) String summary,
    @Body(mayBeEmpty = true) String body) {
  private static final int BOUND = 700;
  private static final int LEAST = 200;

  /** The same for all four kinds of work. */
  static Contract<ActivityWork> contract(Purpose purpose) {
    return new Contract<>(
        purpose, ActivityWork.class, BOUND, LEAST, Contract.Otherwise.KEEP_WHOLE_SENTENCES);
  }

  boolean nothingKept() {
    return body.isEmpty();
  }
}
