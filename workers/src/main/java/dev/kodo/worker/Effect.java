package dev.kodo.worker;

import java.time.Instant;
import java.util.UUID;

/** What the ledger knows about an effect. */
sealed interface Effect {
  /** Never begun. */
  record Absent() implements Effect {}

  /** Begun by {@code owner}, which is believed alive until {@code leaseUntil}. */
  record Started(UUID owner, Instant leaseUntil) implements Effect {}

  /** Finished; {@code result} is its JSON. */
  record Done(String result) implements Effect {}

  /** Begun, and nobody can say whether it happened. */
  record Unknown() implements Effect {}
}
