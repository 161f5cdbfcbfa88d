package dev.kodo.kernel.budget;

import org.jspecify.annotations.Nullable;

/**
 * What a provider takes for one call.
 *
 * @param inputPerMillion US dollars for a million tokens of input
 * @param outputPerMillion US dollars for a million tokens of output
 * @param cache what input costs that has to do with a cache
 * @param perCall US dollars for the call itself, whatever its length
 * @param chargeErrors whether the part per call is also due for an answer with an error status
 */
public record Price(
    Usd inputPerMillion, Usd outputPerMillion, Cache cache, Usd perCall, boolean chargeErrors) {
  public static final Price FREE = flat(Usd.ZERO, false);

  /**
   * US dollars for a million tokens of input that come from a cache, or are written into one; null
   * where nobody says so: then they cost as much as any other.
   */
  public record Cache(@Nullable Usd readPerMillion, @Nullable Usd writePerMillion) {
    public static final Cache UNKNOWN = new Cache(null, null);
  }

  /**
   * Tokens of input by what they cost.
   *
   * @param all cached ones and those written into a cache included
   */
  public record Input(long all, long cached, long cacheWritten) {

    /** Without a word on a cache. */
    public static Input of(long all) {
      return new Input(all, 0, 0);
    }

    long plain() {
      return Math.max(0, all - cached - cacheWritten);
    }
  }

  public static Price flat(Usd perCall, boolean chargeErrors) {
    return new Price(Usd.ZERO, Usd.ZERO, Cache.UNKNOWN, perCall, chargeErrors);
  }

  /**
   * The most that a call can cost, whatever a cache does; throws {@link ArithmeticException} beyond
   * {@link Usd}'s range.
   */
  public Usd atMost(long inputTokens, long outputTokens) {
    Usd dearest = inputPerMillion.max(read()).max(write());
    return perCall
        .plus(Usd.ofTokens(inputTokens, dearest))
        .plus(Usd.ofTokens(outputTokens, outputPerMillion));
  }

  /** The price of a call whose tokens are known; throws like {@link #atMost}. */
  public Usd of(Input input, long outputTokens) {
    return perCall
        .plus(Usd.ofTokens(input.plain(), inputPerMillion))
        .plus(Usd.ofTokens(input.cached, read()))
        .plus(Usd.ofTokens(input.cacheWritten, write()))
        .plus(Usd.ofTokens(outputTokens, outputPerMillion));
  }

  private Usd read() {
    Usd stated = cache.readPerMillion;
    return stated == null ? inputPerMillion : stated;
  }

  private Usd write() {
    Usd stated = cache.writePerMillion;
    return stated == null ? inputPerMillion : stated;
  }

  public boolean isFree() {
    return isFlat() && perCall.isZero();
  }

  /** Whether tokens cost nothing. */
  public boolean isFlat() {
    return inputPerMillion.isZero() && outputPerMillion.isZero();
  }
}
