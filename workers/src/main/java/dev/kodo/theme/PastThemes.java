package dev.kodo.theme;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The latest themes, and whether a title is new among them: apart from case, marks and spaces, and
 * from the number of a continuation.
 *
 * @param all newest first
 */
record PastThemes(List<Theme> all) {
  /** How many of the latest themes an own theme must differ from. */
  static final int MOST = 20;

  private static final Pattern NUMBERED = Pattern.compile("^(.*\\S)\\s*[(（](\\d{1,4})[)）]$");

  /** The newest theme of which a theme with this title would be a continuation. */
  Optional<Theme> same(String title) {
    String wanted = plain(title);
    return all.stream()
        .filter(theme -> !wanted.isEmpty() && plain(theme.title()).equals(wanted))
        .findFirst();
  }

  /** The title itself when it is new, else with the next free number. */
  String title(String wanted) {
    String plain = plain(wanted);
    int last =
        all.stream()
            .map(Theme::title)
            .filter(title -> !plain.isEmpty() && plain(title).equals(plain))
            .mapToInt(PastThemes::number)
            .max()
            .orElse(0);
    return last == 0 ? wanted : "%s (%d)".formatted(base(wanted), last + 1);
  }

  private static String base(String title) {
    Matcher numbered = NUMBERED.matcher(title.strip());
    return numbered.matches() ? numbered.group(1) : title.strip();
  }

  private static int number(String title) {
    Matcher numbered = NUMBERED.matcher(title.strip());
    return numbered.matches() ? Integer.parseInt(numbered.group(2)) : 1;
  }

  private static String plain(String title) {
    StringBuilder plain = new StringBuilder();
    base(title)
        .toLowerCase(Locale.ROOT)
        .codePoints()
        .filter(Character::isLetterOrDigit)
        .forEach(plain::appendCodePoint);
    return plain.toString();
  }
}
