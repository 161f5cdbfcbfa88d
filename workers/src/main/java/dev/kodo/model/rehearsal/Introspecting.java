package dev.kodo.model.rehearsal;

import dev.kodo.model.rehearsal.Rehearsal.Review;
import java.util.List;
import java.util.regex.Pattern;

/** A look at the evidence by counting: troubles lower the score, artifacts raise it. */
final class Introspecting {
  private static final Pattern TROUBLE =
      Pattern.compile("(?i)\\b(failed|incomplete|crashed|invalid|error|time-is-up)\\b|失敗|未完|エラー");

  /** "error: null" or "Rejected theme files: 0" tells of no trouble. */
  private static final Pattern NOTHING = Pattern.compile(":\\s*(null|none|0|\"\")\\s*$");

  private static final Pattern MADE = Pattern.compile("(?i)\\bclosed\\b|\\.md\\b|完了");
  private static final int USUAL_SCORE = 6;

  private Introspecting() {}

  static Review review(Material material) {
    String evidence = material.section("Evidence") + "\n" + material.section("Recent logs");
    Language language = material.language();
    List<String> troubles =
        evidence.lines().map(String::strip).filter(Introspecting::tellsOfTrouble).toList();
    long made = evidence.lines().filter(line -> MADE.matcher(line).find()).count();
    int score = Math.clamp(USUAL_SCORE + Math.min(3, made / 2) - 2L * troubles.size(), 1, 10);
    String proposal = proposal(language, troubles);
    return new Review(
        score,
        language
            .of(
                "Score %d of 10: %s of the evidence on finished work, and %s on trouble.",
                "自己評価は10点中%d点。記録のうち完了を示す行は%s、問題を示す行は%sだった。")
            .formatted(
                score, language.count(made, "line"), language.count(troubles.size(), "line")),
        body(material, troubles, made),
        proposal);
  }

  private static boolean tellsOfTrouble(String line) {
    return TROUBLE.matcher(line).find() && !NOTHING.matcher(line).find();
  }

  private static String body(Material material, List<String> troubles, long made) {
    Language language = material.language();
    List<String> rules =
        material.lines("Rules").stream().filter(line -> !line.startsWith("#")).limit(3).toList();
    return new Sheet(language)
        .text(
            "Counted in the evidence: %s on finished work, %s on trouble.",
            "記録を数えると、完了を示す行が%s、問題を示す行が%sありました。",
            language.count(made, "line"),
            language.count(troubles.size(), "line"))
        .heading("What went well", "うまくいったこと")
        .items(
            shown(
                language,
                material.section("Evidence").lines().filter(l -> MADE.matcher(l).find()).toList(),
                language.of("The evidence names no finished work yet.", "完了した仕事はまだ記録されていません。")))
        .heading("What did not", "うまくいかなかったこと")
        .items(
            shown(
                language,
                troubles,
                language.of("The evidence shows no trouble.", "記録に問題は見当たりません。")))
        .heading("Rules kept in mind", "念頭に置いた決まり")
        .items(
            shown(
                language, rules, language.of("There are no learned rules yet.", "学んだ決まりはまだありません。")))
        .signed();
  }

  private static List<String> shown(Language language, List<String> lines, String otherwise) {
    List<String> shown =
        lines.stream()
            .map(line -> line.replaceFirst("^[-*#>\\s]+", "").strip())
            .filter(line -> !line.isEmpty())
            .distinct()
            .limit(4)
            .map(line -> language.clip(line, 180))
            .toList();
    return shown.isEmpty() ? List.of(otherwise) : shown;
  }

  private static String proposal(Language language, List<String> troubles) {
    return troubles.isEmpty()
        ? language.of(
            "Keep going as before, and start the next piece of work from a statement that has not been taken up.",
            "このまま続け、次の仕事はまだ取り上げていない文から始める。")
        : language.of(
            "After a beat with trouble, take the smallest next step that can be finished within the time limit.",
            "問題のあった鼓動の次は、制限時間内に終えられる最も小さな一歩を選ぶ。");
  }
}
