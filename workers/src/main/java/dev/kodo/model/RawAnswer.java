package dev.kodo.model;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What a model said, before anybody looked whether it fits. Kept in the effect ledger, so that a
 * later delivery of the job reads the same words.
 *
 * @param purpose id of the purpose that was asked for
 * @param text without the model's thoughts
 * @param fault why it cannot be used whatever the text says, as the end of a sentence that begins
 *     with "The answer"
 * @param cut why the text ends before its end: {@code length}, {@code timeout}, {@code deadline},
 *     {@code stopped} or {@code cut-off}; null when it is whole
 * @param thoughtOnly whether it was cut before any word of the answer came, while the model thought
 * @param inputTokens as the provider counts them, cached ones included; 0 when it reports none
 * @param cachedTokens how many of these its cache gave; null when nobody said
 * @param thinkingTokens how many of the output tokens were thoughts; null when nobody said
 * @param costUsd null when nobody said
 * @param costBasis how the cost is known; null with the cost
 * @param schemaLevel which form of the schema was sent; null for the rehearsal
 * @param by who said it; another model may be configured when the job is delivered again
 */
record RawAnswer(
    String purpose,
    String text,
    @Nullable String fault,
    @Nullable String cut,
    boolean thoughtOnly,
    int inputTokens,
    int outputTokens,
    @Nullable Integer cachedTokens,
    @Nullable Integer thinkingTokens,
    @Nullable BigDecimal costUsd,
    @Nullable String costBasis,
    @Nullable String schemaLevel,
    long durationMs,
    ModelDescription by) {
  /** Cut by the number of tokens that the answer was allowed, not by a clock or a broken line. */
  static final String LENGTH = "length";

  RawAnswer {
    text = Characters.storable(text);
  }

  /** A whole answer, of which no more is known than this. */
  RawAnswer(
      String purpose,
      String text,
      @Nullable String fault,
      int inputTokens,
      int outputTokens,
      @Nullable BigDecimal costUsd,
      @Nullable String costBasis,
      long durationMs,
      ModelDescription by) {
    this(
        purpose,
        text,
        fault,
        null,
        false,
        inputTokens,
        outputTokens,
        null,
        null,
        costUsd,
        costBasis,
        null,
        durationMs,
        by);
  }

  RawAnswer lasting(long millis) {
    return new RawAnswer(
        purpose,
        text,
        fault,
        cut,
        thoughtOnly,
        inputTokens,
        outputTokens,
        cachedTokens,
        thinkingTokens,
        costUsd,
        costBasis,
        schemaLevel,
        millis,
        by);
  }

  /** Cut by a clock, a panic or a broken line, so that what it did after that is unknown. */
  boolean brokenOff() {
    return cut != null && !cut.equals(LENGTH);
  }

  /** Whether our own clock or the owner's hand cut it: no provider is to blame. */
  boolean cutByUs() {
    return "deadline".equals(cut) || "stopped".equals(cut);
  }

  /**
   * Whether it was still thinking when its tokens were used up: with more of them it may answer.
   */
  boolean ranOutOfThought() {
    return thoughtOnly && LENGTH.equals(cut);
  }

  /** True when not even a text came: then the provider is broken, rather than the model weak. */
  boolean unusable() {
    return fault != null && text.isEmpty();
  }
}
