package dev.kodo.model;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What all model calls of one heartbeat took, unknown ones included.
 *
 * @param model names of the models asked, separated by commas; {@code none} when there was no call
 * @param calls that were made; one that was refused counts when it was billed all the same
 * @param rehearsal true when at least one call was answered by the rehearsal
 * @param cachedTokens how many of the input tokens caches gave; null when no call tells
 * @param costUsd null when the price of any of the calls is unknown
 */
public record HeartbeatUse(
    String model,
    boolean rehearsal,
    int calls,
    int inputTokens,
    int outputTokens,
    @Nullable Integer cachedTokens,
    @Nullable BigDecimal costUsd,
    long durationMs) {}
