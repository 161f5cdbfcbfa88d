package dev.kodo.model;

import java.util.List;
import java.util.Optional;

/** The part of a cut text that ends as a text should. */
final class WholeSentences {
  private static final int LINES_OF_CODE = 3;

  private WholeSentences() {}

  /**
   * The text up to its last whole sentence; empty when it has none. A block of code that is not
   * closed is left out, or closed behind its last whole line where nothing stands before it.
   */
  static Optional<String> of(String text) {
    List<Sentence> sentences = Sentence.of(text);
    return sentences.reversed().stream()
        .filter(Sentence::whole)
        .findFirst()
        .map(last -> text.substring(0, last.end()).strip())
        .or(() -> code(text, sentences));
  }

  private static Optional<String> code(String text, List<Sentence> sentences) {
    long lines = sentences.stream().filter(each -> each.kind() == Sentence.Kind.CODE).count();
    return lines >= LINES_OF_CODE
        ? Optional.of(text.substring(0, text.lastIndexOf('\n')).strip() + "\n```")
        : Optional.empty();
  }
}
