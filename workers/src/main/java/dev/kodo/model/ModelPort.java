package dev.kodo.model;

import dev.kodo.worker.JobRun;

/** The one way to a language model, as the features see it. */
public interface ModelPort {
  /**
   * Asks a question, at most once for this element instance and step.
   *
   * @throws dev.kodo.worker.JobFailure when the model cannot be reached, when its answer does not
   *     fit after one repair attempt, or when it is not known whether an earlier call happened
   */
  <A extends Record> Answer<A> ask(JobRun run, Question<A> question);
}
