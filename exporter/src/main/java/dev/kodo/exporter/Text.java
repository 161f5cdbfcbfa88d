package dev.kodo.exporter;

import org.jspecify.annotations.Nullable;

/** Texts from processes and workers, made fit for a text column of PostgreSQL. */
final class Text {
  private static final int LONGEST = 2000;

  private Text() {}

  /** Without the character that PostgreSQL refuses, and no longer than 2000 characters. */
  static String stored(String text) {
    String whole = complete(text);
    if (whole.length() <= LONGEST) {
      return whole;
    }
    // Not between the two halves of one character.
    int end = Character.isHighSurrogate(whole.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
    return whole.substring(0, end);
  }

  /** All of it, without the character that PostgreSQL refuses. */
  static String complete(String text) {
    return text.indexOf('\0') < 0 ? text : text.replace("\0", "");
  }

  /** Null for a text that is missing or empty. */
  static @Nullable String orNull(@Nullable String text) {
    return text == null || text.isEmpty() ? null : stored(text);
  }
}
