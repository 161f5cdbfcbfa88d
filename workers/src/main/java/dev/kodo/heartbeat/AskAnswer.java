package dev.kodo.heartbeat;

import dev.kodo.model.Body;
import dev.kodo.model.Brief;
import dev.kodo.model.Choice;
import dev.kodo.model.Contract;
import dev.kodo.model.Purpose;
import org.jspecify.annotations.Nullable;

/**
 * What the model answers to a question that a person has drawn.
 *
 * @param summary one or two sentences for the activity log
 * @param choice one of the answers that were offered, null when none were
 * @param body the whole answer in Markdown
 */
record AskAnswer(
    @Brief(longest = 400) String summary, @Choice @Nullable String choice, @Body String body) {
  static final Contract<AskAnswer> CONTRACT =
      new Contract<>(
          Purpose.ASK, AskAnswer.class, 600, 120, Contract.Otherwise.KEEP_WHOLE_SENTENCES);
}
