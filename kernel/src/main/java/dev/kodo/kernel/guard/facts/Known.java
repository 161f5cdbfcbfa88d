package dev.kodo.kernel.guard.facts;

import java.util.Locale;

/** Whether something holds, as far as anybody knows. */
public enum Known {
  YES,
  NO,
  UNKNOWN;

  public static Known of(boolean truth) {
    return truth ? YES : NO;
  }

  /** Unknown for a word that is none. */
  static Known parse(String word) {
    for (Known known : values()) {
      if (known.word().equals(word)) {
        return known;
      }
    }
    return UNKNOWN;
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
