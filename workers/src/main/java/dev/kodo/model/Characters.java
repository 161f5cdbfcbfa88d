package dev.kodo.model;

/** Makes text from a model harmless for PostgreSQL, log files and terminals. */
final class Characters {
  private static final char REPLACEMENT = '\uFFFD';

  private Characters() {}

  /** PostgreSQL stores neither NUL nor half of a surrogate pair. */
  static String storable(String text) {
    if (text.codePoints().noneMatch(Characters::unstorable)) {
      return text;
    }
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints()
        .forEach(point -> clean.appendCodePoint(unstorable(point) ? REPLACEMENT : point));
    return clean.toString();
  }

  /**
   * Without control characters other than line feed and tab, and without the controls that make a
   * line read in another order than it is written.
   */
  static String printable(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.replace("\r\n", "\n")
        .replace('\r', '\n')
        .codePoints()
        .filter(point -> point == '\n' || point == '\t' || !hidden(point))
        .forEach(clean::appendCodePoint);
    return storable(clean.toString());
  }

  /** At most {@code longest} characters in one line, for a message. */
  static String excerpt(String text, int longest) {
    String start = text.substring(0, Math.min(text.length(), longest * 4));
    String line = printable(start).replaceAll("\\s+", " ").strip();
    return line.length() <= longest ? line : cut(line, longest - 1) + "…";
  }

  /** The first {@code length} characters, or one fewer rather than half of a surrogate pair. */
  static String cut(String text, int length) {
    boolean splits = length > 0 && Character.isHighSurrogate(text.charAt(length - 1));
    return text.substring(0, splits ? length - 1 : length);
  }

  /** The beginning and the end of a text, a quarter of it; says how much is left out between. */
  static String ends(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    String start = cut(text, longest - longest / 4);
    String end = tail(text, longest / 4);
    return "%s\n[… %d characters are left out here …]\n%s"
        .formatted(start, text.length() - start.length() - end.length(), end);
  }

  private static String tail(String text, int length) {
    int from = text.length() - length;
    boolean splits = length > 0 && Character.isLowSurrogate(text.charAt(from));
    return text.substring(splits ? from + 1 : from);
  }

  private static boolean unstorable(int point) {
    return point == 0 || (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
  }

  private static boolean hidden(int point) {
    return Character.isISOControl(point)
        || (point >= 0x202A && point <= 0x202E)
        || (point >= 0x2066 && point <= 0x2069);
  }
}
