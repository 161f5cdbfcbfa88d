package dev.kodo.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A sentence of a Markdown text, or one of its lines that has no sentence in it.
 *
 * @param start index in the text
 * @param end index behind its last character
 * @param whole whether it ends as a sentence, a finished list item or a block of code does
 * @param kind of its line
 */
record Sentence(int start, int end, boolean whole, Kind kind) {
  /** What a line of Markdown is. */
  enum Kind {
    PROSE,
    ITEM,
    HEADING,
    CODE
  }

  private static final Pattern FENCE = Pattern.compile("^\\s*(```|~~~).*");
  private static final Pattern HEADING = Pattern.compile("^\\s{0,3}#{1,6}(\\s.*|$)");
  private static final Pattern ITEM =
      Pattern.compile("^\\s*(?:[-*+・]|\\d{1,3}[.)．、])\\s*\\S.*|^\\s*\\|.*\\|\\s*$");

  /** No abbreviation and no number of a list is longer, in characters. */
  private static final int LONGEST_EXCEPTION = 12;

  private static final String CLOSING = "[」』）)\\]”’\"'*_`]*";

  /** Behind a mark that ends a sentence, with the quotation marks and brackets that close it. */
  private static final Pattern END =
      Pattern.compile(
          "[。．！？]+%1$s(?!(?<=[」』）])\\p{IsHiragana})|(?:[!?…]+|\\.{2,})%1$s(?=\\s|$)|(?<![\\d.])\\.%1$s(?=\\s|$)|(?<=\\d)\\.%1$s(?=\\s)"
              .formatted(CLOSING));

  private static final Pattern ABBREVIATION =
      Pattern.compile(
          "(?i)(?:^|[\\s(])(?:e\\.g|i\\.e|vs|cf|dr|mr|mrs|ms|prof|fig|approx|etc|\\p{L})\\.$");

  /** A number at the beginning of a list item ends no sentence. */
  private static final Pattern NUMBER_ONLY = Pattern.compile("^\\s*(?:[-*+・]\\s*)?\\d{1,3}\\.$");

  static List<Sentence> of(String text) {
    List<Sentence> all = new ArrayList<>();
    boolean code = false;
    for (int start = 0; start < text.length(); ) {
      int newline = text.indexOf('\n', start);
      int end = newline < 0 ? text.length() : newline;
      String line = text.substring(start, end);
      boolean fence = FENCE.matcher(line).matches();
      if (fence || code) {
        all.add(new Sentence(start, end, fence && code, Kind.CODE));
        code ^= fence;
      } else if (!line.isBlank()) {
        addLine(all, line, start, newline >= 0);
      }
      start = end + 1;
    }
    return all;
  }

  private static void addLine(List<Sentence> all, String line, int at, boolean finished) {
    if (HEADING.matcher(line).matches()) {
      all.add(new Sentence(at, at + line.length(), false, Kind.HEADING));
      return;
    }
    Kind kind = ITEM.matcher(line).matches() ? Kind.ITEM : Kind.PROSE;
    int begin = 0;
    // A number at the end of a line ends its sentence; one at the end of a cut text may go on.
    Matcher end = END.matcher(finished ? line + "\n" : line);
    while (end.find()) {
      if (ends(line, begin, end.end())) {
        all.add(new Sentence(at + begin, at + end.end(), true, kind));
        begin = end.end();
      }
    }
    if (!line.substring(begin).isBlank()) {
      boolean whole = finished && kind == Kind.ITEM && begin == 0;
      all.add(new Sentence(at + begin, at + line.length(), whole, kind));
    }
  }

  private static boolean ends(String line, int begin, int end) {
    String last = line.substring(Math.max(begin, end - LONGEST_EXCEPTION), end);
    return !ABBREVIATION.matcher(last).find()
        && !NUMBER_ONLY.matcher(last).matches()
        && !goesOnInLowerCase(line, end);
  }

  private static boolean goesOnInLowerCase(String line, int from) {
    int at = from;
    while (at < line.length() && Character.isWhitespace(line.charAt(at))) {
      at++;
    }
    return at < line.length() && Character.isLowerCase(line.codePointAt(at));
  }

  /** Its letters and digits alone, without case: what makes two sentences the same. */
  String plain(String text) {
    return plainWords(text.substring(start, end));
  }

  static String plainWords(String text) {
    StringBuilder plain = new StringBuilder();
    text.toLowerCase(Locale.ROOT)
        .codePoints()
        .filter(Character::isLetterOrDigit)
        .forEach(plain::appendCodePoint);
    return plain.toString();
  }
}
