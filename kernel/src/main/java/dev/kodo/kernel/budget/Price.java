package dev.kodo.kernel.budget;

/**
 * What a provider takes for one call.
 *
 * @param inputPerMillion US dollars for a million tokens of input
 * @param outputPerMillion US dollars for a million tokens of output
 * @param perCall US dollars for the call itself, whatever its length
 * @param chargeErrors whether the part per call is also due for an answer with an error status
 */
public record Price(Usd inputPerMillion, Usd outputPerMillion, Usd perCall, boolean chargeErrors) {
  public static final Price FREE = new Price(Usd.ZERO, Usd.ZERO, Usd.ZERO, false);

  public static Price flat(Usd perCall, boolean chargeErrors) {
    return new Price(Usd.ZERO, Usd.ZERO, perCall, chargeErrors);
  }

  /** The whole price of a call; throws {@link ArithmeticException} beyond {@link Usd}'s range. */
  public Usd of(long inputTokens, long outputTokens) {
    return perCall
        .plus(Usd.ofTokens(inputTokens, inputPerMillion))
        .plus(Usd.ofTokens(outputTokens, outputPerMillion));
  }

  public boolean isFree() {
    return isFlat() && perCall.isZero();
  }

  /** Whether tokens cost nothing. */
  public boolean isFlat() {
    return inputPerMillion.isZero() && outputPerMillion.isZero();
  }
}
