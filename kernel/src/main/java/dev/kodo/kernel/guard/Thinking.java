package dev.kodo.kernel.guard;

import java.util.Locale;

/** What the owner wants of a provider's models that think before they answer. */
enum Thinking {
  /** Nothing is said to the provider. */
  AS_IT_IS,
  LOW,
  OFF;

  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Thinking parse(String word) {
    for (Thinking thinking : values()) {
      if (thinking.word().equals(word)) {
        return thinking;
      }
    }
    throw new IllegalArgumentException(word);
  }
}
