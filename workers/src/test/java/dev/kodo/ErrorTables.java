package dev.kodo;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the codes of one section of docs/errors.md, and those in Java sources. */
final class ErrorTables {
  private static final Pattern ROW =
      Pattern.compile("^\\| `?([A-Z_]+|\\d+)`? \\|", Pattern.MULTILINE);
  private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|//[^\\n]*", Pattern.DOTALL);
  private static final Pattern STRING = Pattern.compile("\"(?:\\\\.|[^\"\\\\\\n])*\"");
  private static final Pattern LITERAL = Pattern.compile("\"([A-Z]{3,}(?:_[A-Z]+)*)\"");
  private static final Pattern CONSTANT = Pattern.compile("(?:^|,)\\s*([A-Z][A-Z_]*)");

  private ErrorTables() {}

  static Set<String> rows(String page, String section) {
    int start = page.indexOf("\n## " + section + "\n");
    if (start < 0) {
      throw new IllegalStateException("Expected a section '" + section + "' in docs/errors.md");
    }
    int end = page.indexOf("\n## ", start + 1);
    return matches(ROW, page.substring(start, end < 0 ? page.length() : end), 1);
  }

  /** Constants of the enum {@code name}, with or without arguments. */
  static Set<String> constants(String source, String name) {
    String code = STRING.matcher(COMMENT.matcher(source).replaceAll("")).replaceAll("");
    int start = code.indexOf("enum " + name + " {");
    if (start < 0) {
      throw new IllegalStateException("Expected an enum " + name);
    }
    return matches(CONSTANT, withoutArguments(code.substring(code.indexOf('{', start) + 1)), 1);
  }

  /** The text up to the end of the constants, without what stands in parentheses. */
  private static String withoutArguments(String body) {
    StringBuilder text = new StringBuilder();
    int depth = 0;
    for (int i = 0; i < body.length(); i++) {
      char c = body.charAt(i);
      if (depth == 0 && (c == ';' || c == '}')) {
        break;
      }
      depth += c == '(' ? 1 : 0;
      if (depth == 0) {
        text.append(c);
      }
      depth -= c == ')' ? 1 : 0;
    }
    return text.toString();
  }

  /** String literals that look like a code. */
  static Set<String> literals(String sources) {
    return matches(LITERAL, COMMENT.matcher(sources).replaceAll(""), 1);
  }

  /** First arguments of the constants of {@code ExitCode}. */
  static Set<String> numbers(String source) {
    return matches(Pattern.compile("^ +[A-Z_]+\\((\\d+),", Pattern.MULTILINE), source, 1);
  }

  private static Set<String> matches(Pattern pattern, String text, int group) {
    Set<String> found = new TreeSet<>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      found.add(matcher.group(group));
    }
    return found;
  }
}
