package dev.kodo.kernel.budget;

import org.jspecify.annotations.Nullable;

/**
 * A call that wants to spend.
 *
 * @param worstCase the most that the call can cost, in US dollars
 * @param priceKnown whether that rests on a price, or on the ceiling for unknown prices
 * @param stated limits that the caller wants for its heartbeat, below the configured ones
 */
public record SpendRequest(
    Caller caller,
    String provider,
    String model,
    Usd worstCase,
    boolean priceKnown,
    Stated stated) {

  /** A call for which only the configured caps count. */
  public SpendRequest(
      Caller caller, String provider, String model, Usd worstCase, boolean priceKnown) {
    this(caller, provider, model, worstCase, priceKnown, Stated.NOTHING);
  }

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
