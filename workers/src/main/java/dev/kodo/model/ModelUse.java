package dev.kodo.model;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What an answer took, repair attempt included.
 *
 * @param rehearsal true when no language model was asked
 * @param inputTokens as reported by the provider, 0 when it reports none
 * @param cachedTokens how many of the input tokens a cache gave; null when nobody said
 * @param costUsd null when the price is unknown
 */
public record ModelUse(
    String provider,
    String model,
    boolean rehearsal,
    int inputTokens,
    int outputTokens,
    @Nullable Integer cachedTokens,
    @Nullable BigDecimal costUsd,
    long durationMs) {}
