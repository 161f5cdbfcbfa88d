package dev.kodo.kernel.guard.facts;

import java.util.Locale;

/** What a server does with a schema that the answer is to follow. */
public enum Schema {
  ENFORCED,
  /** Taken without a word, and not followed. */
  IGNORED,
  /** Ignored while thinking is switched off, and enforced otherwise. */
  FORGOTTEN,
  UNKNOWN;

  static Schema parse(String word) {
    for (Schema schema : values()) {
      if (schema.word().equals(word)) {
        return schema;
      }
    }
    return UNKNOWN;
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
