package dev.kodo.routine;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the word that somebody probably meant. */
final class Nearest {
  private static final int LONGEST = 40;

  private Nearest() {}

  /** The known word with the fewest changed letters, at most a half of them. */
  static Optional<String> of(String word, Collection<String> known) {
    String cut = word.length() <= LONGEST ? word : word.substring(0, LONGEST);
    return known.stream()
        .min(Comparator.comparingInt(each -> distance(cut, each)))
        .filter(best -> distance(cut, best) <= Math.max(1, best.length() / 2));
  }

  /** Levenshtein's distance: how many letters are put in, taken out or replaced. */
  private static int distance(String one, String other) {
    int[] last = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int[] row = new int[other.length() + 1];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int replaced = last[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(last[j], row[j - 1]));
      }
      last = row;
    }
    return last[other.length()];
  }
}
