package dev.kodo.kernel.budget;

/**
 * What one heartbeat has used until now.
 *
 * @param amount settled and reserved, in US dollars
 * @param calls that were made or are under way
 * @param stated the lowest limits that its callers have stated
 */
record BeatSpending(Usd amount, int calls, Stated stated) {
  static final BeatSpending NOTHING = new BeatSpending(Usd.ZERO, 0, Stated.NOTHING);
}
