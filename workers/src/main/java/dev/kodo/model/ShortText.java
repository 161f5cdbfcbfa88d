package dev.kodo.model;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** Brings a short text onto one line and into its length. */
final class ShortText {
  private static final Pattern MARKUP = Pattern.compile("^[#>*+\\-\\s\\u3000]+|[*_`]{1,3}");
  private static final Pattern SPACES = Pattern.compile("[\\s\\u3000]+");

  private ShortText() {}

  /**
   * Without what repeats itself for ever; a text that is too long, or that was stopped at its
   * length, ends behind its last whole sentence, or at a word with an ellipsis.
   */
  static String of(String said, int longest) {
    OptionalInt noise = Repetition.in(said);
    String line = line(noise.isPresent() ? said.substring(0, noise.getAsInt()) : said);
    boolean stopped = said.length() >= longest || noise.isPresent();
    if (!stopped || line.isEmpty()) {
      return line;
    }
    String start = Characters.cut(line, Math.min(line.length(), longest));
    Optional<String> whole =
        WholeSentences.of(start).filter(sentence -> sentence.length() >= start.length() / 3);
    return whole.orElseGet(() -> atAWord(start, longest));
  }

  /** A heading out of the first words of a text. */
  static String heading(String body, int longest) {
    return body.lines()
        .map(text -> line(MARKUP.matcher(text).replaceAll("")))
        .filter(ShortText::says)
        .findFirst()
        .map(first -> of(firstSentence(first), longest))
        .orElse("");
  }

  /** Whether there are words in it. */
  static boolean says(String text) {
    return text.codePoints().filter(Character::isLetterOrDigit).count() >= 2
        || text.codePoints().anyMatch(Character::isIdeographic);
  }

  private static String firstSentence(String line) {
    Sentence first = Sentence.of(line).getFirst();
    return line.substring(first.start(), first.end()).replaceFirst("[.。]$", "");
  }

  private static String atAWord(String start, int longest) {
    String room = Characters.cut(start, Math.min(start.length(), longest - 1));
    int space = room.lastIndexOf(' ');
    String words = space > room.length() / 2 ? room.substring(0, space) : room;
    return words.replaceFirst("[\\s,;:、・\\-–—(]+$", "") + "…";
  }

  private static String line(String text) {
    return SPACES.matcher(text).replaceAll(" ").strip();
  }
}
