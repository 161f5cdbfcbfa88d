package dev.kodo.kernel.guard;

/**
 * Parts a text that comes in pieces into thoughts and answer, where a model thinks aloud: between
 * {@code <think>} and {@code </think>} at its head. Some templates swallow the first mark, so the
 * second one alone makes thoughts of all that stands before it. Counts bytes of UTF-8. Not
 * thread-safe.
 */
final class ThoughtTags {
  private static final String BEGIN = "<think>";
  private static final String END = "</think>";

  private String rest = "";
  private boolean begun;
  private boolean thinking;
  private boolean ended;
  private long thoughts;
  private long answer;

  void take(String piece) {
    rest += piece;
    if (!begun) {
      String head = rest.stripLeading();
      if (BEGIN.startsWith(head)) {
        return;
      }
      begun = true;
      thinking = head.startsWith(BEGIN);
      rest = thinking ? head.substring(BEGIN.length()) : rest;
    }
    int end = ended ? -1 : rest.indexOf(END);
    if (end >= 0) {
      count(rest.substring(0, end));
      thoughts += answer;
      answer = 0;
      thinking = false;
      ended = true;
      rest = rest.substring(end + END.length());
    }
    int sure = ended ? rest.length() : Math.max(0, rest.length() - END.length() + 1);
    count(rest.substring(0, sure));
    rest = rest.substring(sure);
  }

  /** Thoughts that the provider itself told from the answer. */
  void thought(String piece) {
    thoughts += bytes(piece);
  }

  private void count(String text) {
    if (thinking) {
      thoughts += bytes(text);
    } else {
      answer += bytes(text);
    }
  }

  long thoughtBytes() {
    return thoughts + (thinking ? bytes(rest) : 0);
  }

  long answerBytes() {
    return answer + (thinking ? 0 : bytes(rest));
  }

  private static long bytes(String text) {
    return text.chars()
        .mapToLong(c -> c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate((char) c) ? 2 : 3)
        .sum();
  }
}
