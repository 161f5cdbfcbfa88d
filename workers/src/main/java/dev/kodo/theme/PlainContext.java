package dev.kodo.theme;

/** An expert context that fits every theme, in the theme's language. */
final class PlainContext {
  static final String EXPERT = "Generalist";

  private static final String ENGLISH =
      """
      # Generalist

      No expert was named when this theme began, so it is worked on by a careful generalist.
      What happened: %s

      - **Look first** at what the theme itself says: its question, its words, its limits.
      - **Ask**: What is known, and from where? What would show that it is wrong? What is missing?
      - **Work** in small steps. One beat answers one question and says what the next one is.
      - **A good result** can be checked by somebody who was not there: it names its sources and
        tells observation from guess.
      - **Avoid** the authority of an expert where there is none. Say what you do not know.
      """;

  private static final String JAPANESE =
      """
      # Generalist

      このテーマの開始時に専門家の視点が定まらなかったため、注意深いジェネラリストの視点で取り組みます。
      理由: %s

      - **まず見るもの**: テーマの文章そのもの。問い、使われている言葉、範囲。
      - **問うこと**: 何が分かっていて、その根拠は何か。何が示されれば誤りと言えるか。何が足りないか。
      - **進め方**: 小さな一歩ずつ。一回の鼓動で一つの問いに答え、次の問いを書き残す。
      - **よい成果**: その場にいなかった人にも確かめられるもの。出典を示し、観察と推測を分ける。
      - **避けること**: 根拠のない専門家らしさ。分からないことは分からないと書く。
      """;

  private PlainContext() {}

  /**
   * The context as Markdown, in Japanese or English by the theme's text.
   *
   * @param why what kept the model from naming an expert, as a sentence
   */
  static String of(String themeText, String why) {
    return (ThemeLanguage.isJapanese(themeText) ? JAPANESE : ENGLISH).formatted(why);
  }
}
