package dev.kodo.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * How a provider is, for people to see.
 *
 * @param breaker {@code closed} (asked), {@code open} (left alone for a while) or {@code half-open}
 *     (the next call is a trial)
 * @param lastFailure when and why it failed last; null when it has not since the start
 * @param dialect what it is known to refuse or not to keep to; null when nothing is known
 */
public record ProviderStatus(
    @JsonProperty("class") String modelClass,
    String provider,
    String model,
    String breaker,
    @Nullable String lastFailure,
    @Nullable String dialect) {}
