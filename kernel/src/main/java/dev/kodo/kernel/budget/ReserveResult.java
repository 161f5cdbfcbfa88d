package dev.kodo.kernel.budget;

/** The ledger's answer to a call that wants to spend. */
public sealed interface ReserveResult {

  /** The money is set aside, and that is durable. */
  record Reserved(Reservation reservation) implements ReserveResult {}

  /**
   * A cap does not leave room.
   *
   * @param limit the cap in US dollars
   * @param used what is spent or set aside in its window
   * @param wanted the most that the call can cost
   */
  record Refused(Cap cap, Usd limit, Usd used, Usd wanted) implements ReserveResult {}

  /**
   * A limit that the caller stated for its own heartbeat does not leave room; the numbers are in
   * the unit of the kind.
   */
  record OverStated(Stated.Kind kind, String limit, String used, String wanted)
      implements ReserveResult {}
}
