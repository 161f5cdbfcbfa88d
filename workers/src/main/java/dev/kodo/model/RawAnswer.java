package dev.kodo.model;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What a model said, before anybody looked whether it fits. Kept in the effect ledger, so that a
 * later delivery of the job reads the same words.
 *
 * @param purpose id of the purpose that was asked for
 * @param fault why it cannot be used whatever the text says, as the end of a sentence that begins
 *     with "The answer"
 * @param costUsd null when nobody said
 * @param costBasis how the cost is known; null with the cost
 * @param by who said it; another model may be configured when the job is delivered again
 */
record RawAnswer(
    String purpose,
    String text,
    @Nullable String fault,
    int inputTokens,
    int outputTokens,
    @Nullable BigDecimal costUsd,
    @Nullable String costBasis,
    long durationMs,
    ModelDescription by) {
  RawAnswer {
    text = Characters.storable(text);
  }

  RawAnswer lasting(long millis) {
    return new RawAnswer(
        purpose, text, fault, inputTokens, outputTokens, costUsd, costBasis, millis, by);
  }

  /** True when not even a text came: then the provider is broken, rather than the model weak. */
  boolean unusable() {
    return fault != null && text.isEmpty();
  }
}
