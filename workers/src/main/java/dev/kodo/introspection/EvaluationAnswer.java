package dev.kodo.introspection;

import dev.kodo.model.Between;
import dev.kodo.model.Body;
import dev.kodo.model.Brief;
import dev.kodo.model.Contract;
import dev.kodo.model.Purpose;

/**
 * The agent's judgement of its own latest work.
 *
 * @param summary a few sentences
 * @param score 1 (nothing useful) to 10 (could not be better)
 * @param proposal one thing to do differently from the next beat on
 * @param body what went well and what did not, with the beats it refers to; Markdown
 */
record EvaluationAnswer(
    @Brief(longest = 400) String summary,
    @Between(least = 1, most = 10) int score,
    @Brief(longest = 300) String proposal,
    @Body String body) {
  static final Contract<EvaluationAnswer> CONTRACT =
      new Contract<>(
          Purpose.INTROSPECT,
          EvaluationAnswer.class,
          600,
          250,
          Contract.Otherwise.KEEP_WHOLE_SENTENCES);
}
