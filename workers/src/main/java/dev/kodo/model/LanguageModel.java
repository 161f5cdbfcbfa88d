package dev.kodo.model;

/** Whoever answers: a model behind an endpoint, or the rehearsal. */
interface LanguageModel {
  ModelDescription describe();

  /**
   * Answers once.
   *
   * @throws dev.kodo.worker.CallRefused when the call certainly had no effect; any other exception
   *     leaves that unknown
   */
  RawAnswer reply(ModelCall call);
}
