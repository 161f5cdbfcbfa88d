package dev.kodo.theme;

/** Checks the texts of a model's answer; a broken answer gets one repair attempt. */
public final class AnswerText {
  private AnswerText() {}

  /** A text of one or more lines: not blank, at most {@code longest} characters. */
  public static String text(String field, String value, int longest) {
    // A record component that the answer leaves out is null, whatever its declaration says.
    String cleaned = String.valueOf((Object) value).replace("\0", "").strip();
    if (value == null || cleaned.isEmpty()) {
      throw new IllegalArgumentException("Expected a text in '" + field + "' but it is empty");
    }
    if (cleaned.length() > longest) {
      throw new IllegalArgumentException(
          "Expected at most %d characters in '%s' but got %d"
              .formatted(longest, field, cleaned.length()));
    }
    return cleaned;
  }

  /** A text brought onto one line. */
  public static String line(String field, String value, int longest) {
    return text(field, value, longest).replaceAll("[\\s\\p{Cntrl}]+", " ");
  }
}
