package dev.kodo.model;

/** The title of a body: what was said, or the body's first words where that says nothing. */
final class TitleText {
  /** In letters; shorter words of a question may well be a title. */
  private static final int LONG_ENOUGH_FOR_A_COPY = 16;

  private TitleText() {}

  static String of(String said, String body, int longest, Question<?> question) {
    if (body.isEmpty()) {
      return ShortText.of(said, longest);
    }
    String title = ShortText.of(said, longest);
    return ShortText.says(title) && !copied(said, question)
        ? title
        : ShortText.heading(body, longest);
  }

  /** The name of a section, or words of the instruction that are Kodo's own. */
  private static boolean copied(String said, Question<?> question) {
    String plain = Sentence.plainWords(said);
    String own = Sentence.plainWords(question.instruction());
    for (Section section : question.sections()) {
      if (plain.equals(Sentence.plainWords(section.name()))) {
        return true;
      }
      String owners = section.inInstruction() ? Sentence.plainWords(section.text()) : "";
      own = owners.isEmpty() ? own : own.replace(owners, " ");
    }
    return plain.length() >= LONG_ENOUGH_FOR_A_COPY && own.contains(plain);
  }
}
