package dev.kodo.model;

import dev.kodo.worker.JobIdentity;
import org.jspecify.annotations.Nullable;

/**
 * One request to a model.
 *
 * @param key effect key as text; the same for every try of the same call
 * @param job on whose behalf it is made
 * @param repair null at the first attempt
 * @param allRoom whether the model may think as long as its provider lets it
 */
record ModelCall(
    String key, JobIdentity job, Question<?> question, @Nullable Repair repair, boolean allRoom) {
  /** A call with the usual room for thoughts. */
  ModelCall(String key, JobIdentity job, Question<?> question, @Nullable Repair repair) {
    this(key, job, question, repair, false);
  }

  /**
   * What was wrong with the first answer.
   *
   * @param previousAnswer empty where the model is not to see it again
   * @param fault end of a sentence that begins with "The answer"
   */
  record Repair(String previousAnswer, String fault) {}
}
