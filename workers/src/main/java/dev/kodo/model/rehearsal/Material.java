package dev.kodo.model.rehearsal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The sections of a question, read for the rules. A section that is missing counts as empty. */
public final class Material {
  private final Map<String, String> sections;
  private final Language language;
  private final ThemeText theme;
  private final List<Beat> beats;
  private final List<Piece> pieces;

  private Material(Map<String, String> sections) {
    this.sections = sections;
    String themeText = section("Theme");
    this.language =
        Language.of(themeText.isBlank() ? String.join("\n", sections.values()) : themeText);
    this.theme = ThemeText.of(themeText, language);
    this.beats =
        sinceThemeStart(lines("Recent beats").stream().flatMap(l -> Beat.of(l).stream()).toList());
    this.pieces = Piece.all(section("Recent artifacts"));
  }

  /**
   * @param sections text by name
   */
  public static Material of(Map<String, String> sections) {
    return new Material(
        sections.entrySet().stream()
            .collect(
                Collectors.toMap(
                    entry -> entry.getKey().toLowerCase(Locale.ROOT),
                    Map.Entry::getValue,
                    (first, second) -> first + "\n" + second,
                    LinkedHashMap::new)));
  }

  Language language() {
    return language;
  }

  ThemeText theme() {
    return theme;
  }

  /** Beats of the running theme, oldest first, without its start. */
  List<Beat> beats() {
    return beats;
  }

  long count(String activity) {
    return beats.stream().filter(beat -> beat.activity().equals(activity)).count();
  }

  /** The newest artifacts, in the order in which they are shown. */
  List<Piece> pieces() {
    return pieces;
  }

  String section(String name) {
    return sections.getOrDefault(name.toLowerCase(Locale.ROOT), "");
  }

  /** The texts of all sections whose name begins so, in the order of the question. */
  List<String> sectionsOf(String beginning) {
    String prefix = beginning.toLowerCase(Locale.ROOT);
    return sections.entrySet().stream()
        .filter(section -> section.getKey().startsWith(prefix))
        .map(Map.Entry::getValue)
        .toList();
  }

  /** The lines of a section that are not blank. */
  List<String> lines(String name) {
    return section(name).lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }

  /** The title, with a number behind it when an earlier beat already used it. */
  String unused(String title) {
    List<String> used = beats.stream().map(Beat::title).toList();
    String free = title;
    for (int number = 2; used.contains(free); number++) {
      free = title + " " + number;
    }
    return free;
  }

  private static List<Beat> sinceThemeStart(List<Beat> all) {
    int start = 0;
    for (int i = 0; i < all.size(); i++) {
      String activity = all.get(i).activity();
      start = activity.equals("theme-start") || activity.equals("theme-end") ? i + 1 : start;
    }
    return all.subList(start, all.size());
  }
}
