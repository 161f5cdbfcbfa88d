package dev.kodo.kernel.diagram;

import java.util.ArrayList;
import java.util.List;

/** Breaks a name into lines, by the usual widths of the letters: no font is asked. */
final class TextLines {
  private TextLines() {}

  /**
   * @param room for a line, in the unit of {@code size}
   * @param size of the letters
   */
  static List<String> of(String text, double room, double size) {
    List<String> lines = new ArrayList<>();
    for (String paragraph : text.strip().lines().toList()) {
      StringBuilder line = new StringBuilder();
      for (String word : paragraph.strip().split("\\s+", -1)) {
        String longer = line.isEmpty() ? word : line + " " + word;
        if (!line.isEmpty() && width(longer, size) > room) {
          lines.add(line.toString());
          line.setLength(0);
          longer = word;
        }
        line.setLength(0);
        line.append(longer);
        while (width(line.toString(), size) > room && line.codePointCount(0, line.length()) > 1) {
          int end = fitting(line.toString(), room, size);
          lines.add(line.substring(0, end));
          line.delete(0, end);
        }
      }
      lines.add(line.toString());
    }
    return lines;
  }

  /** How much of a word that is too long for a line goes into one. */
  private static int fitting(String word, double room, double size) {
    int end = word.offsetByCodePoints(0, 1);
    while (end < word.length()) {
      int next = word.offsetByCodePoints(end, 1);
      if (width(word.substring(0, next), size) > room) {
        break;
      }
      end = next;
    }
    return end;
  }

  static double width(String text, double size) {
    return text.codePoints().mapToDouble(TextLines::share).sum() * size;
  }

  /** Width of a letter of Arial, as a share of its size. */
  private static double share(int letter) {
    if (Character.isIdeographic(letter) || (letter >= 0x3000 && letter <= 0x30ff)) {
      return 1;
    }
    if ("ijl|.,:;'!I".indexOf(letter) >= 0) {
      return 0.25;
    }
    if ("ftr ()[]-/".indexOf(letter) >= 0) {
      return 0.3;
    }
    if ("mwMW@%".indexOf(letter) >= 0) {
      return 0.85;
    }
    return Character.isUpperCase(letter) ? 0.68 : 0.54;
  }
}
