package dev.kodo.introspection;

import dev.kodo.model.Contract;
import dev.kodo.model.Purpose;
import dev.kodo.theme.AnswerText;

/**
 * The agent's judgement of its own latest work.
 *
 * @param score 1 (nothing useful) to 10 (could not be better)
 * @param summary a few sentences
 * @param body what went well and what did not, with the beats it refers to; Markdown
 * @param proposal one thing to do differently from the next beat on
 */
record EvaluationAnswer(int score, String summary, String body, String proposal) {
  static final Contract<EvaluationAnswer> CONTRACT =
      new Contract<>(
          Purpose.INTROSPECT,
          EvaluationAnswer.class,
          600,
          250,
          Contract.Otherwise.KEEP_WHOLE_SENTENCES);

  EvaluationAnswer {
    if (score < 1 || score > 10) {
      throw new IllegalArgumentException(
          "Expected a score from 1 to 10 in 'score' but got " + score);
    }
    summary = AnswerText.text("summary", summary, 4_000);
    body = AnswerText.text("body", body, 40_000);
    proposal = AnswerText.text("proposal", proposal, 4_000);
  }
}
