package dev.kodo.model;

/** What an answer turned out to be. */
sealed interface Reading<A extends Record> {
  record Valid<A extends Record>(A value) implements Reading<A> {}

  /**
   * @param fault end of a sentence that begins with "The answer"; one line, short
   */
  record Invalid<A extends Record>(String fault) implements Reading<A> {}
}
