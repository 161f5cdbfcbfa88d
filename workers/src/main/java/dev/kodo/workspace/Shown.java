package dev.kodo.workspace;

/** Makes a file name fit for a message: one line, no control characters, not too long. */
final class Shown {
  private static final int LONGEST = 110;

  private Shown() {}

  static String path(Object path) {
    StringBuilder shown = new StringBuilder();
    path.toString()
        .codePoints()
        .forEach(
            letter -> {
              if (Character.isISOControl(letter)) {
                shown.append("\\x%02x".formatted(letter));
              } else {
                shown.appendCodePoint(letter);
              }
            });
    return shortened(shown.toString());
  }

  private static String shortened(String text) {
    if (text.codePointCount(0, text.length()) <= LONGEST) {
      return text;
    }
    int head = text.offsetByCodePoints(0, LONGEST / 2);
    int tail = text.offsetByCodePoints(text.length(), -(LONGEST / 2 - 1));
    return text.substring(0, head) + "…" + text.substring(tail);
  }
}
