package dev.kodo.kernel.budget;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/** What the last calls set aside. Not thread-safe; the ledger's lock guards it. */
final class RecentCalls {
  private static final int MOST = 100;

  private final Queue<Usd> amounts = new ArrayDeque<>();

  void add(Usd amount) {
    if (amounts.size() == MOST) {
      amounts.remove();
    }
    amounts.add(amount);
  }

  /** The amount that nine of ten of them did not exceed; empty when there was none. */
  Optional<Usd> usual() {
    return amounts.stream().sorted().skip((amounts.size() * 9L - 1) / 10).findFirst();
  }
}
