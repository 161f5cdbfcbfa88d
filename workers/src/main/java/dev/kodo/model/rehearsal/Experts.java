package dev.kodo.model.rehearsal;

import dev.kodo.model.rehearsal.Rehearsal.Expertise;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Whose eyes a theme is looked at with, found by the words that the theme uses. */
final class Experts {
  private static final int SENTENCES_FOR_SEVERAL = 12;

  private enum Field {
    SOFTWARE("Software engineer", "ソフトウェア技術者"),
    SCIENCE("Natural scientist", "自然科学者"),
    HISTORY("Historian", "歴史家"),
    STORY("Writer and editor", "作家・編集者"),
    SOCIETY("Social researcher", "社会の研究者"),
    GENERAL("Essayist and researcher", "随筆家・調査者");

    private final String english;
    private final String japanese;

    Field(String english, String japanese) {
      this.english = english;
      this.japanese = japanese;
    }
  }

  private static final Map<Field, Pattern> WORDS =
      Map.of(
          Field.SOFTWARE,
          Pattern.compile(
              "(?i)software|program|code|algorithm|database|engine|プログラム|ソフト|コード|アルゴリズム|データ"),
          Field.SCIENCE,
          Pattern.compile(
              "(?i)biolog|physic|chemi|species|climate|cell|planet|energy|生物|物理|化学|気候|細胞|惑星|自然|植物|動物"),
          Field.HISTORY,
          Pattern.compile("(?i)histor|century|ancient|empire|tradition|medieval|歴史|世紀|古代|江戸|伝統|時代"),
          Field.STORY,
          Pattern.compile("(?i)story|novel|poem|character|fiction|music|paint|物語|小説|詩|音楽|絵|芸術"),
          Field.SOCIETY,
          Pattern.compile(
              "(?i)society|city|school|econom|politic|communit|family|社会|都市|学校|経済|政治|地域|家族|町"));

  private Experts() {}

  static Expertise forTheme(Material material) {
    ThemeText theme = material.theme();
    Language language = material.language();
    boolean several = theme.sentences().size() >= SENTENCES_FOR_SEVERAL;
    Field field = field(theme.text());
    String expert =
        language
            .of("%s for %s", "%s(専門は%s)")
            .formatted(language.of(field.english, field.japanese), theme.term(0));
    return new Expertise(
        several ? "several-experts" : "one-expert",
        comparison(language, several),
        expert,
        body(material, expert));
  }

  private static Field field(String text) {
    Field best = Field.GENERAL;
    long most = 0;
    for (Field field : Field.values()) {
      Pattern words = WORDS.get(field);
      long hits = words == null ? 0 : words.matcher(text).results().count();
      if (hits > most) {
        best = field;
        most = hits;
      }
    }
    return best;
  }

  private static String comparison(Language language, boolean several) {
    return several
        ? points(
            language,
            language.of(
                "Several: each part is read by somebody who knows it.", "複数。各部分をそれぞれに詳しい者が読める。"),
            language.of("Several: the text touches more than one field.", "複数。本文は一つの分野に収まらない。"),
            language.of("Several: disagreement brings new ideas.", "複数。意見の違いから新しい発想が生まれる。"),
            language.of("One: less has to be agreed upon.", "単独。すり合わせが少なくて済む。"),
            language.of("Several: one blind spot does less harm.", "複数。一人の見落としが響きにくい。"))
        : points(
            language,
            language.of("One: a short text needs one steady hand.", "単独。短い本文には一貫した手が合う。"),
            language.of("One: the text stays in one field.", "単独。本文は一つの分野に収まっている。"),
            language.of(
                "Several would bring more ideas than the text can carry.",
                "複数では発想が増えるが、本文の大きさに余る。"),
            language.of("One: nothing has to be agreed upon.", "単独。すり合わせが要らない。"),
            language.of("One: blind spots are caught in introspection.", "単独。見落としは内省で補える。"));
  }

  /** A few words for each criterion, in the order of {@link Criterion}, on one line. */
  private static String points(Language language, String... verdicts) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < verdicts.length; i++) {
      Criterion criterion = Criterion.values()[i];
      line.append(language.of(criterion.english, criterion.japanese))
          .append(language.of(": ", "："))
          .append(verdicts[i])
          .append(language.of(" ", ""));
    }
    return line.toString().strip();
  }

  private static String body(Material material, String expert) {
    ThemeText theme = material.theme();
    List<String> words = theme.terms().stream().limit(4).toList();
    return new Sheet(material.language())
        .text(
            "The theme “%s” is looked at as: %s.",
            "テーマ「%s」には、次の立場から取り組みます。%s。", theme.title(), expert)
        .heading("Viewpoint", "視点")
        .text(
            "What matters is what the text itself puts in the middle:", "本文そのものが中心に置いていることを重んじます。")
        .quote(theme.statement(0))
        .heading("Approach", "進め方")
        .numbered(
            List.of(
                material
                    .language()
                    .of("Ask what is meant by: %s.", "次の語の意味を問う — %s。")
                    .formatted(String.join(material.language().of(", ", "、"), words)),
                material
                    .language()
                    .of(
                        "Check each claim against the sentences of the theme.",
                        "主張を一つずつ本文の文と照らし合わせる。"),
                material
                    .language()
                    .of(
                        "Make one thing in each beat that a reader can use alone.",
                        "一回の鼓動ごとに、それだけで読める成果を一つ作る。")))
        .heading("Limits", "限界")
        .text(
            "Nothing is known here beyond the theme's own text; claims about the world stay questions.",
            "ここで知っているのは本文にあることだけです。世界についての主張は、問いのままにとどめます。")
        .signed();
  }

  /** What one expert and several are compared by. */
  private enum Criterion {
    QUALITY("Quality", "品質"),
    EXPERTISE("Expertise", "専門性"),
    CREATIVITY("Creativity", "創造性"),
    EFFICIENCY("Efficiency", "効率性"),
    RISK("Risk", "リスク");

    private final String english;
    private final String japanese;

    Criterion(String english, String japanese) {
      this.english = english;
      this.japanese = japanese;
    }
  }
}
