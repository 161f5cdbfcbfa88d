package dev.kodo.kernel.audit;

import java.util.function.Consumer;

/** Follows the chain from entry to entry and reports where it does not hold. */
final class ChainCheck {
  private final Consumer<Finding> findings;
  private long lastSeq;
  private byte[] lastHash;

  /** A check that begins after an entry; 0 and {@link Hash#NONE} for the beginning. */
  ChainCheck(long lastSeq, Hash lastHash, Consumer<Finding> findings) {
    this.lastSeq = lastSeq;
    this.lastHash = lastHash.bytes();
    this.findings = findings;
  }

  void next(ChainRow row) {
    long seq = row.seq();
    if (!row.isIntact()) {
      findings.accept(
          Finding.at(Damage.ENTRY_ALTERED, seq, "Entry " + seq + " is not as it was written."));
    }
    if (seq > lastSeq + 1) {
      findings.accept(missing(lastSeq + 1, seq - 1));
    } else if (seq <= lastSeq || !row.follows(lastHash)) {
      findings.accept(
          Finding.at(
              Damage.CHAIN_BROKEN,
              seq,
              "Entry " + seq + " does not follow from the entry before it."));
    }
    lastSeq = seq;
    lastHash = row.hash();
  }

  static Finding missing(long first, long last) {
    return new Finding(
        Damage.ENTRIES_MISSING,
        first,
        last,
        first == last
            ? "Entry " + first + " is missing."
            : "Entries " + first + " to " + last + " are missing.");
  }

  long lastSeq() {
    return lastSeq;
  }

  Hash lastHash() {
    return Hash.known(lastHash);
  }
}
