package dev.kodo.model.rehearsal;

/** A routine: says what was asked, and what the material offers for it. */
final class Carrying {
  private static final int LONGEST_TITLE = 60;

  private Carrying() {}

  static Rehearsal.Page out(Material material) {
    Language language = material.language();
    String asked = material.section("Routine").strip();
    String first = asked.lines().findFirst().orElse("").strip();
    String title =
        first.codePointCount(0, first.length()) <= LONGEST_TITLE ? first : shortened(first);
    Sheet sheet =
        new Sheet(language)
            .text("The routine asks for this:", "ルーチンの依頼:")
            .quote(asked.replace("\n", "\n> "))
            .heading("What started it", "きっかけ")
            .items(material.lines("Trigger"))
            .heading("What the theme says", "テーマの言葉")
            .items(material.theme().statements(0, 3));
    return new Rehearsal.Page(
        title.isEmpty() ? language.of("Routine", "ルーチン") : title,
        language.of("The routine ran as a rehearsal.", "ルーチンをリハーサルとして実行した。"),
        sheet.signed());
  }

  private static String shortened(String line) {
    return line.substring(0, line.offsetByCodePoints(0, LONGEST_TITLE)) + "…";
  }
}
