package dev.kodo.kernel.budget;

import java.util.Locale;

/** What the settled amount of a call rests on. */
public enum Basis {
  /** The provider's own count of tokens. */
  REPORTED,
  /** The bytes that went to and fro, as the provider counted nothing. */
  ESTIMATED,
  /**
   * A token for each byte, or the provider's count where that is more: it counted fewer tokens than
   * the text that went to and fro can be.
   */
  UNDER_REPORTED,
  /** The whole reservation, as nobody knows what the call did. */
  WORST_CASE,
  /** The price of a call without a price of tokens. */
  FLAT,
  /** The amount set for calls whose price is unknown. */
  CEILING,
  /** The provider takes nothing. */
  FREE;

  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
