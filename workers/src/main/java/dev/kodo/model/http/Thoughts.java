package dev.kodo.model.http;

/**
 * Takes thoughts out of a text in which a model thinks aloud before it answers.
 *
 * @param answer what is left; empty while the model still thinks
 * @param any whether there were thoughts
 */
record Thoughts(String answer, boolean any) {
  private static final String BEGIN = "<think>";
  private static final String END = "</think>";

  /**
   * Thoughts that never end are all there is. Some chat templates write the first mark themselves,
   * so that only the last one is in the text.
   */
  static Thoughts outOf(String text) {
    String rest = text.stripLeading();
    boolean begun = rest.startsWith(BEGIN);
    if (begun || closesWithoutBeginning(rest)) {
      int end = rest.indexOf(END);
      return end < 0
          ? new Thoughts("", true)
          : new Thoughts(outOf(rest.substring(end + END.length())).answer(), true);
    }
    boolean beginning = !rest.isEmpty() && BEGIN.startsWith(rest);
    return beginning ? new Thoughts("", true) : new Thoughts(text, false);
  }

  /** Not where the answer has begun: it may speak of the mark. */
  private static boolean closesWithoutBeginning(String text) {
    int end = text.indexOf(END);
    int brace = text.indexOf('{');
    boolean answerBegan = brace >= 0 && brace < end && text.indexOf('{', end) < 0;
    return end >= 0 && !text.startsWith("{") && !text.startsWith("```") && !answerBegan;
  }
}
