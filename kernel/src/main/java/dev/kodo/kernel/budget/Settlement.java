package dev.kodo.kernel.budget;

import org.jspecify.annotations.Nullable;

/**
 * What a call came to.
 *
 * @param inputTokens as the provider reports them; null when it does not, or not plausibly
 * @param outputTokens likewise
 * @param cachedTokens those of the input that came from a cache; null when nobody says
 */
public record Settlement(
    Usd amount,
    Basis basis,
    @Nullable Integer inputTokens,
    @Nullable Integer outputTokens,
    @Nullable Integer cachedTokens) {

  public static Settlement of(Usd amount, Basis basis) {
    return new Settlement(amount, basis, null, null, null);
  }
}
