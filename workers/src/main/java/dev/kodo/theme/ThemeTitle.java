package dev.kodo.theme;

import dev.kodo.workspace.FrontMatter;
import java.util.regex.Pattern;

/** Finds a title in a text that a person wrote. */
final class ThemeTitle {
  private static final int LONGEST = 120;
  private static final Pattern MARKS = Pattern.compile("^[#>*\\-\\s\\u3000]+");
  private static final Pattern SPACES = Pattern.compile("[\\s\\p{Cntrl}\\u3000]+");

  private ThemeTitle() {}

  /** The title in the front matter, else the first line with letters in it, else the file name. */
  static String of(FrontMatter.Document document, String fileName) {
    String found =
        document
            .head()
            .get("title")
            .or(
                () ->
                    document
                        .body()
                        .lines()
                        .map(ThemeTitle::clean)
                        .filter(ThemeTitle::says)
                        .findFirst())
            .map(ThemeTitle::clean)
            .filter(ThemeTitle::says)
            .orElseGet(() -> clean(fileName.replaceFirst("\\.[A-Za-z0-9]{1,8}$", "")));
    return says(found) ? shortened(found) : "Untitled theme";
  }

  private static String clean(String line) {
    return SPACES.matcher(MARKS.matcher(line).replaceFirst("")).replaceAll(" ").strip();
  }

  private static boolean says(String line) {
    return line.codePoints().anyMatch(Character::isLetterOrDigit);
  }

  private static String shortened(String title) {
    return title.codePointCount(0, title.length()) <= LONGEST
        ? title
        : title.substring(0, title.offsetByCodePoints(0, LONGEST - 1)) + "…";
  }
}
