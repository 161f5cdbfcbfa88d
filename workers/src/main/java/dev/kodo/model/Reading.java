package dev.kodo.model;

import org.jspecify.annotations.Nullable;

/** What an answer turned out to be. */
sealed interface Reading<A extends Record> {
  /**
   * @param cut see {@link Answer#cut}
   */
  record Valid<A extends Record>(A value, @Nullable Cut cut) implements Reading<A> {}

  /**
   * @param fault end of a sentence that begins with "The answer"; one line, short
   */
  record Invalid<A extends Record>(String fault) implements Reading<A> {}
}
