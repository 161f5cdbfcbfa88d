package dev.kodo.introspection;

import dev.kodo.model.ModelUse;

/** A stored judgement and what it took. */
record Evaluation(int score, String summary, String body, String proposal, ModelUse use) {
  static Evaluation of(EvaluationAnswer answer, ModelUse use) {
    return new Evaluation(answer.score(), answer.summary(), answer.body(), answer.proposal(), use);
  }
}
