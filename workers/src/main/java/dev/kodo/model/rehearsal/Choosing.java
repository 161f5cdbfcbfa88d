package dev.kodo.model.rehearsal;

import dev.kodo.model.rehearsal.Rehearsal.Choice;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Keeps the four ways of working in balance and ends a theme when it has had its share. */
final class Choosing {
  private static final List<String> BALANCED = List.of("think", "observe", "create", "introspect");
  private static final int FEWEST_BEATS = 4;
  private static final int MOST_BEATS = 8;

  private Choosing() {}

  static Choice next(Material material) {
    List<String> permitted = permitted(material);
    if (permitted.contains("theme-end") && ripe(material)) {
      return new Choice("theme-end", endReason(material), 0);
    }
    return BALANCED.stream()
        .filter(permitted::contains)
        .min(Comparator.comparingLong(material::count))
        .map(activity -> new Choice(activity, balanceReason(material, activity), 0))
        .orElseGet(() -> onlyOne(material, permitted.getFirst()));
  }

  private static List<String> permitted(Material material) {
    List<String> lines =
        material.lines("Permitted activities").stream()
            .map(line -> line.replaceFirst("^[-*]\\s*", "").split("[\\s:]", 2)[0])
            .filter(activity -> !activity.isEmpty())
            .toList();
    return lines.isEmpty() ? BALANCED : lines;
  }

  /** A longer brief gets more rounds. After the last round, failed beats no longer hold it open. */
  private static boolean ripe(Material material) {
    boolean eachHappened =
        BALANCED.stream()
            .allMatch(
                activity ->
                    material.beats().stream()
                        .anyMatch(beat -> beat.closed() && beat.activity().equals(activity)));
    int beats = material.beats().size();
    return beats >= MOST_BEATS || (eachHappened && beats >= rounds(material));
  }

  private static int rounds(Material material) {
    int length = material.theme().text().length();
    int perRound = material.language() == Language.JAPANESE ? 250 : 600;
    return Math.min(MOST_BEATS, FEWEST_BEATS + length / perRound);
  }

  private static String endReason(Material material) {
    return material
        .language()
        .of(
            "After %s the theme has had thinking, observation, creation and introspection (%s), so it is time to bring it to an end.",
            "%s回の鼓動で考察・観察・創作・内省がひととおり済んだので(%s)、このテーマを締めくくります。")
        .formatted(material.language().count(material.beats().size(), "beat"), counts(material));
  }

  private static String balanceReason(Material material, String activity) {
    return material.beats().isEmpty()
        ? material
            .language()
            .of(
                "The theme has just begun, so %s comes first to open it up.",
                "テーマは始まったばかりなので、まず%sから入ります。")
            .formatted(name(material.language(), activity))
        : material
            .language()
            .of(
                "To keep the balance, %s comes next, because it has had the fewest turns in this theme so far (%s).",
                "このテーマではまだ%sの回数が最も少ないので、釣り合いを取るために次に選びます(%s)。")
            .formatted(name(material.language(), activity), counts(material));
  }

  private static Choice onlyOne(Material material, String activity) {
    String reason =
        material
            .language()
            .of(
                "Of the permitted activities, %s is the one that fits the moment.",
                "許されている活動のうち、いまの状況に合うのは%sです。")
            .formatted(name(material.language(), activity));
    return new Choice(activity, reason, 0);
  }

  private static String counts(Material material) {
    return BALANCED.stream()
        .map(activity -> name(material.language(), activity) + " " + material.count(activity))
        .collect(Collectors.joining(material.language().of(", ", "、")));
  }

  private static String name(Language language, String activity) {
    return switch (activity) {
      case "think" -> language.of("thinking", "考察");
      case "observe" -> language.of("observation", "観察");
      case "create" -> language.of("creation", "創作");
      case "introspect" -> language.of("introspection", "内省");
      case "theme-start" -> language.of("starting a theme", "テーマの開始");
      case "theme-end" -> language.of("ending the theme", "テーマの終了");
      default -> activity;
    };
  }
}
