package dev.kodo.kernel.audit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Compares the entries that pass by with the signed checkpoints about them. Checkpoints overlap
 * only when the database was set back, and just then both have to be looked at.
 */
final class SealCheck {
  private final Deque<Checkpoint> ahead;
  private final List<Open> open = new ArrayList<>();
  private final Consumer<Finding> findings;
  private long firstUncovered;
  private long lastUncovered;

  private record Open(Checkpoint checkpoint, MerkleTree tree) {}

  SealCheck(List<Checkpoint> checkpoints, Consumer<Finding> findings) {
    this.ahead =
        new ArrayDeque<>(
            checkpoints.stream().sorted(Comparator.comparingLong(Checkpoint::firstSeq)).toList());
    this.findings = findings;
  }

  void next(long seq, byte[] hash) {
    while (!ahead.isEmpty() && ahead.getFirst().firstSeq() <= seq) {
      reportUncovered();
      open.add(new Open(ahead.removeFirst(), new MerkleTree()));
    }
    if (open.isEmpty()) {
      firstUncovered = firstUncovered == 0 ? seq : firstUncovered;
      lastUncovered = seq;
    }
    for (Iterator<Open> each = open.iterator(); each.hasNext(); ) {
      Open seal = each.next();
      if (seq <= seal.checkpoint().lastSeq()) {
        seal.tree().add(hash, 0, hash.length);
      }
      if (seq >= seal.checkpoint().lastSeq()) {
        each.remove();
        compare(seal, seq, hash);
      }
    }
  }

  /**
   * To be called after the last entry. Returns how many entries at the end no checkpoint covers.
   */
  long end() {
    open.forEach(seal -> findings.accept(rewritten(seal.checkpoint())));
    ahead.forEach(checkpoint -> findings.accept(rewritten(checkpoint)));
    return firstUncovered == 0 ? 0 : lastUncovered - firstUncovered + 1;
  }

  private void compare(Open seal, long seq, byte[] hash) {
    Checkpoint checkpoint = seal.checkpoint();
    if (seq != checkpoint.lastSeq()
        || !checkpoint.hashOfLast().equals(Hash.known(hash))
        || !checkpoint.merkleRoot().equals(seal.tree().root())) {
      findings.accept(rewritten(checkpoint));
    }
  }

  private void reportUncovered() {
    if (firstUncovered > 0) {
      findings.accept(
          new Finding(
              Damage.CHECKPOINT_MISSING,
              firstUncovered,
              lastUncovered,
              "No checkpoint covers the entries " + firstUncovered + " to " + lastUncovered + "."));
      firstUncovered = 0;
    }
  }

  private static Finding rewritten(Checkpoint checkpoint) {
    return rewritten(checkpoint.firstSeq(), checkpoint.lastSeq());
  }

  static Finding rewritten(long first, long last) {
    return new Finding(
        Damage.HISTORY_REWRITTEN,
        first,
        last,
        first == last
            ? "Entry " + first + " is not the one that the kernel signed."
            : "The entries " + first + " to " + last + " are not those that the kernel signed.");
  }
}
