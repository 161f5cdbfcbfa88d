package dev.kodo.workspace;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Writes a text as one YAML value that reads back as exactly that text. */
final class YamlText {
  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z][A-Za-z0-9_./-]*( [A-Za-z0-9_./-]+)*");
  private static final Set<String> NOT_TEXT =
      Set.of("true", "false", "yes", "no", "on", "off", "y", "n", "null");

  private YamlText() {}

  static String scalar(String text) {
    boolean plain =
        PLAIN.matcher(text).matches() && !NOT_TEXT.contains(text.toLowerCase(Locale.ROOT));
    return plain ? text : quoted(text);
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints().forEach(letter -> append(quoted, letter));
    return quoted.append('"').toString();
  }

  private static void append(StringBuilder quoted, int letter) {
    switch (letter) {
      case '"' -> quoted.append("\\\"");
      case '\\' -> quoted.append("\\\\");
      case '\n' -> quoted.append("\\n");
      case '\r' -> quoted.append("\\r");
      case '\t' -> quoted.append("\\t");
      default -> {
        if (needsEscape(letter)) {
          quoted.append("\\u%04x".formatted(letter));
        } else {
          quoted.appendCodePoint(letter);
        }
      }
    }
  }

  /** Control characters, line separators, the byte order mark, lone surrogates. */
  private static boolean needsEscape(int letter) {
    return Character.isISOControl(letter)
        || letter == 0x2028
        || letter == 0x2029
        || letter == 0xFEFF
        || letter == 0xFFFE
        || letter == 0xFFFF
        || (letter >= 0xD800 && letter <= 0xDFFF);
  }
}
