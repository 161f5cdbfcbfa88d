package dev.kodo.kernel.audit;

import org.jspecify.annotations.Nullable;

/** Texts as the log keeps them: short, on one line, and harmless to a terminal. */
final class PlainText {
  /** In code points. */
  static final int LONGEST = 300;

  private PlainText() {}

  static String of(String text) {
    StringBuilder plain = new StringBuilder(Math.min(text.length(), LONGEST));
    int kept = 0;
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      i += Character.charCount(point);
      if (!isPlain(point)) {
        continue;
      }
      if (kept == LONGEST) {
        plain.setLength(plain.offsetByCodePoints(plain.length(), -1));
        return plain.append('…').toString();
      }
      plain.appendCodePoint(Character.isWhitespace(point) ? ' ' : point);
      kept++;
    }
    return plain.toString();
  }

  static @Nullable String ofNullable(@Nullable String text) {
    return text == null ? null : of(text);
  }

  /** Half a surrogate pair cannot be stored; marks of direction could make a line lie. */
  private static boolean isPlain(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL -> point == '\n' || point == '\t';
      case Character.FORMAT, Character.SURROGATE -> false;
      default -> true;
    };
  }
}
