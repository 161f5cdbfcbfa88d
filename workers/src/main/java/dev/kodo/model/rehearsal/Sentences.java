package dev.kodo.model.rehearsal;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Cuts running text into sentences. */
final class Sentences {
  private static final int MOST = 200;
  private static final int WRAPPED_LINE = 40;
  private static final Pattern MARKER =
      Pattern.compile("^(?:[#>]+\\s*|[-*+・]\\s*|\\d{1,3}[.)．、]\\s*|\\|)+");
  private static final Pattern END =
      Pattern.compile(
          "(?<=[。．！？])(?![」』）])|(?<=[!?])(?=\\s)|(?<=\\.)\\s+(?=[\\p{Lu}\\p{Lo}\"'“(0-9])");
  private static final Pattern CLOSED = Pattern.compile(".*[。．.!?！？:：」』)）]$");

  private Sentences() {}

  static List<String> of(String text) {
    return paragraphs(text).stream()
        .flatMap(END::splitAsStream)
        .map(sentence -> sentence.replaceAll("[*_`]{1,3}", "").strip())
        .filter(sentence -> sentence.codePoints().filter(Character::isLetterOrDigit).count() >= 4)
        .distinct()
        .limit(MOST)
        .toList();
  }

  /** One string for each paragraph, heading or list item; wrapped lines are joined. */
  private static List<String> paragraphs(String text) {
    List<String> paragraphs = new ArrayList<>();
    boolean open = false;
    for (String line : text.lines().map(String::strip).toList()) {
      boolean marked = MARKER.matcher(line).find();
      String plain = MARKER.matcher(line).replaceFirst("").strip();
      if (open && !marked && !plain.isEmpty()) {
        paragraphs.add(joined(paragraphs.removeLast(), plain));
      } else if (!plain.isEmpty()) {
        paragraphs.add(plain);
      }
      boolean heading = line.startsWith("#");
      open = !heading && plain.length() >= WRAPPED_LINE && !CLOSED.matcher(plain).matches();
    }
    return paragraphs;
  }

  private static String joined(String start, String rest) {
    boolean japanese = Language.isJapanese(start.codePointBefore(start.length()));
    return start + (japanese ? "" : " ") + rest;
  }
}
