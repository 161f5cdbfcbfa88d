package dev.kodo.model;

import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a body.
 *
 * @param cut why it ends before its end; null when it is whole
 */
record BodyText(String text, @Nullable Cut cut) {
  /**
   * Empty for a text without words. Ends one before it repeats itself, and one that was cut behind
   * its last whole sentence.
   *
   * @return empty when no whole sentence is left
   */
  static Optional<BodyText> of(String said, @Nullable Cut cut) {
    if (!ShortText.says(said)) {
      return Optional.of(new BodyText("", null));
    }
    OptionalInt repetition = Repetition.in(said);
    if (repetition.isPresent()) {
      return kept(said.substring(0, repetition.getAsInt()), Cut.REPETITION);
    }
    return cut == null ? Optional.of(new BodyText(said.strip(), null)) : kept(said, cut);
  }

  private static Optional<BodyText> kept(String text, Cut cut) {
    return WholeSentences.of(text).map(whole -> new BodyText(whole, cut));
  }
}
