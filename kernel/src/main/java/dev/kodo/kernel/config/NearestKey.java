package dev.kodo.kernel.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the key that a person probably meant: the smallest edit distance (Levenshtein). */
public final class NearestKey {
  private NearestKey() {}

  public static Optional<String> of(String unknown, Collection<String> known) {
    return known.stream()
        .min(
            Comparator.comparingInt((String key) -> cost(unknown, key))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** A key whose last word is exactly the unknown one is nearer than any spelling of another. */
  private static int cost(String unknown, String key) {
    String leaf = key.substring(key.lastIndexOf('.') + 1);
    String unknownLeaf = unknown.substring(unknown.lastIndexOf('.') + 1);
    int whole = distance(unknown, key);
    return leaf.equals(unknownLeaf) ? Math.min(whole, 1 + whole / 4) : whole;
  }

  static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replace = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replace, 1 + Math.min(previous[j], current[j - 1]));
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
