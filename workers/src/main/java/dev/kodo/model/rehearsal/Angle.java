package dev.kodo.model.rehearsal;

/** Sides from which any theme can be looked at. */
enum Angle {
  TIME(
      "time",
      "時間",
      "What did *%s* look like before, and what is left of it when a generation has passed?",
      "「%s」は以前どのような姿をしており、一世代が過ぎたあとに何が残るのでしょうか。"),
  SCALE(
      "scale",
      "規模",
      "What changes about *%s* when there is one of it, a hundred, a million?",
      "「%s」が一つのとき、百のとき、百万のときで、何が変わるのでしょうか。"),
  OTHERS(
      "those concerned",
      "関わる人",
      "Who would notice first if *%s* were gone, and who would be glad of it?",
      "「%s」がなくなったとき、最初に気づくのは誰で、喜ぶのは誰でしょうか。"),
  COST(
      "cost",
      "代償",
      "What has to be given up to have *%s*, and who pays for it?",
      "「%s」を得るために何を手放し、誰がそれを負担するのでしょうか。"),
  OPPOSITE(
      "the opposite",
      "反対側",
      "What would be the opposite of *%s*, and what can be learned from those who prefer it?",
      "「%s」の反対は何で、それを選ぶ人から何を学べるのでしょうか。"),
  PRACTICE(
      "practice",
      "実践",
      "What is the smallest thing that could be done tomorrow to see whether *%s* holds?",
      "「%s」が本当に成り立つかを確かめるために、明日できる最小のことは何でしょうか。");

  private final String english;
  private final String japanese;
  private final String englishQuestion;
  private final String japaneseQuestion;

  Angle(String english, String japanese, String englishQuestion, String japaneseQuestion) {
    this.english = english;
    this.japanese = japanese;
    this.englishQuestion = englishQuestion;
    this.japaneseQuestion = japaneseQuestion;
  }

  static Angle number(int number) {
    return values()[Math.floorMod(number, values().length)];
  }

  String name(Language language) {
    return language.of(english, japanese);
  }

  /** With one place for a term. */
  String question(Language language) {
    return language.of(englishQuestion, japaneseQuestion);
  }
}
