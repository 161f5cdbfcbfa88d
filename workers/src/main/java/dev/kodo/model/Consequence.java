package dev.kodo.model;

import dev.kodo.worker.JobFailure;
import java.time.Duration;

/** What the refusal of one provider means for the question. */
sealed interface Consequence {
  /**
   * The provider is in trouble: ask the next one.
   *
   * @param rest how long it wants to be left alone; zero when it did not say
   */
  record Failing(Duration rest) implements Consequence {}

  /** The provider is not to blame, and another one may do better: ask the next one. */
  record Unfit() implements Consequence {}

  /** Not even the shortest answer of use would come in time; a faster provider may still do. */
  record TooSlow() implements Consequence {}

  /** The call may cost more than a single call may; a cheaper provider may still fit. */
  record TooDear() implements Consequence {}

  /** It was not asked, since its breaker is open. */
  record Resting() implements Consequence {}

  /** No other provider would fare better. */
  record Final(JobFailure failure) implements Consequence {}
}
