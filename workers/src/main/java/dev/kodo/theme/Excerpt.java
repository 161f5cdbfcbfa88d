package dev.kodo.theme;

/** The beginning of a text, cut between characters, saying how much is left out. */
public final class Excerpt {
  private Excerpt() {}

  /**
   * @param longest in characters (code points)
   */
  public static String of(String text, int longest) {
    int length = text.codePointCount(0, text.length());
    if (length <= longest) {
      return text;
    }
    return text.substring(0, text.offsetByCodePoints(0, longest))
        + "\n[%d more characters]".formatted(length - longest);
  }
}
