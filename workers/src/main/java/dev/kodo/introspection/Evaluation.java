package dev.kodo.introspection;

import dev.kodo.model.Answer;
import dev.kodo.model.Cut;
import dev.kodo.model.ModelUse;
import org.jspecify.annotations.Nullable;

/**
 * A stored judgement and what it took.
 *
 * @param cut why the body ends before its end; null when it is whole
 */
record Evaluation(
    int score, String summary, String body, String proposal, ModelUse use, @Nullable Cut cut) {
  static Evaluation of(Answer<EvaluationAnswer> answer) {
    EvaluationAnswer said = answer.value();
    return new Evaluation(
        said.score(), said.summary(), said.body(), said.proposal(), answer.use(), answer.cut());
  }
}
