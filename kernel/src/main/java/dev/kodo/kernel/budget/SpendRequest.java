package dev.kodo.kernel.budget;

import org.jspecify.annotations.Nullable;

/**
 * A call that wants to spend.
 *
 * @param worstCase the most that the call can cost, in US dollars
 * @param priceKnown whether that rests on a price, or on the ceiling for unknown prices
 */
public record SpendRequest(
    Caller caller, String provider, String model, Usd worstCase, boolean priceKnown) {

  /**
   * Who calls, as the body claims it.
   *
   * @param callId the key of the effect
   */
  public record Caller(
      String agentId,
      String callId,
      @Nullable String heartbeatId,
      @Nullable String processId,
      @Nullable String elementId,
      @Nullable String purpose) {}
}
