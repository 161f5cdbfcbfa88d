package dev.kodo.survival;

/** What came of asking how much is spent. */
sealed interface Measurement {
  record Measured(Spending spending) implements Measurement {}

  /** Nobody knows; the reason is for people. */
  record Unknown(String reason) implements Measurement {}
}
