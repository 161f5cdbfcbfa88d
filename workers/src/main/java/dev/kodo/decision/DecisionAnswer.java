package dev.kodo.decision;

/** What came of an attempt to answer a question. */
public sealed interface DecisionAnswer {
  /** The answer was handed to the diagram. */
  record Accepted(boolean approved) implements DecisionAnswer {}

  /** Somebody answered before, in Tasklist or on the command line, or it was overdue. */
  record AlreadyAnswered(String state) implements DecisionAnswer {}

  /** What was shown is not what the question says now. */
  record HashDiffers(String hash) implements DecisionAnswer {}

  /**
   * No process takes the answer: it ended without having been answered.
   *
   * @param forGood false when it may only not have got as far as to wait
   */
  record NobodyWaits(boolean forGood) implements DecisionAnswer {}

  /** There is no such question. */
  record Unknown() implements DecisionAnswer {}
}
