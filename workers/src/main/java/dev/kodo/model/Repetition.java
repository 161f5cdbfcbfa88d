package dev.kodo.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Where a text begins to go round in circles, as small models do when nothing stops them. */
final class Repetition {
  /** A sentence may come twice. */
  private static final int MOST_TIMES = 2;

  /** Shorter sentences, in letters, may come again and again, but not in one row. */
  private static final int SHORT = 10;

  private static final int MOST_IN_A_ROW = 5;

  /** The same few characters again and again; so long that no word and no number is meant. */
  private static final Pattern SAME = Pattern.compile("(?s)(.{1,12}?)\\1{11,}");

  private static final int LONGEST_SAME = 40;

  /** A line of a table or a rule may be as long as this. */
  private static final int LONGEST_RULE = 200;

  private static final Pattern DIGITS = Pattern.compile("\\d{24,}|[\\d\\s.,;:/|+-]{320,}");

  private Repetition() {}

  /** A text without what it repeats, to be shown to whoever wrote it: it would go on with it. */
  static String leftOut(String text) {
    OptionalInt from = in(text);
    return from.isPresent() ? text.substring(0, from.getAsInt()).stripTrailing() + " …" : text;
  }

  /** Index of what must go; empty when nothing comes too often. */
  static OptionalInt in(String text) {
    return IntStream.concat(noise(text).stream(), circle(text).stream()).min();
  }

  /** Index of digits, or of the same few characters, that go on for ever. */
  private static OptionalInt noise(String text) {
    IntStream.Builder found = IntStream.builder();
    Matcher digits = DIGITS.matcher(text);
    if (digits.find()) {
      found.add(digits.start());
    }
    Matcher same = SAME.matcher(text);
    while (same.find()) {
      int length = same.end() - same.start();
      boolean says = same.group(1).codePoints().anyMatch(Character::isLetterOrDigit);
      if (!same.group().isBlank() && length >= (says ? LONGEST_SAME : LONGEST_RULE)) {
        found.add(same.start());
        break;
      }
    }
    return found.build().min();
  }

  private static OptionalInt circle(String text) {
    Map<String, Integer> times = new HashMap<>();
    String last = "";
    int inARow = 0;
    List<Sentence> sentences = Sentence.of(text);
    for (Sentence sentence : sentences) {
      String plain = sentence.plain(text);
      if (plain.isEmpty()) {
        continue;
      }
      inARow = plain.equals(last) ? inARow + 1 : 1;
      last = plain;
      boolean counts = weight(plain) >= SHORT && isText(sentence);
      if (inARow > MOST_IN_A_ROW || (counts && times.merge(plain, 1, Integer::sum) > MOST_TIMES)) {
        return OptionalInt.of(sentence.start());
      }
    }
    return OptionalInt.empty();
  }

  private static boolean isText(Sentence sentence) {
    return sentence.kind() == Sentence.Kind.PROSE || sentence.kind() == Sentence.Kind.ITEM;
  }

  /** A kana or kanji says about as much as two Latin letters. */
  private static long weight(String plain) {
    return plain
        .codePoints()
        .map(point -> Character.isAlphabetic(point) && point >= 0x3040 ? 2 : 1)
        .sum();
  }
}
