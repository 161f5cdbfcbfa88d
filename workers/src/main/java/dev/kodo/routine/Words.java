package dev.kodo.routine;

/** Makes words from a file fit for a message: one line, nothing invisible, not too long. */
final class Words {
  private static final int LONGEST = 60;

  private Words() {}

  static String shown(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .limit(LONGEST)
        .forEach(
            letter -> {
              boolean visible =
                  !Character.isISOControl(letter)
                      && Character.getType(letter) != Character.FORMAT
                      && Character.getType(letter) != Character.SURROGATE;
              shown.append(visible ? Character.toString(letter) : "\\u%04x".formatted(letter));
            });
    return text.codePointCount(0, text.length()) > LONGEST
        ? shown.append('…').toString()
        : shown.toString();
  }
}
