package dev.kodo.model.rehearsal;

import dev.kodo.model.rehearsal.Rehearsal.ThemeIdea;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Themes for an agent that nobody gave one; a past title never comes back. */
final class OwnThemes {
  private record Idea(String english, String japanese, String englishText, String japaneseText) {}

  private static final List<Idea> IDEAS =
      List.of(
          new Idea(
              "Things that keep time",
              "時を刻むもの",
              "Clocks, tides and heartbeats all keep time, each in its own way. What do they measure, and what do they leave out? Look at one thing that keeps time badly and is still trusted.",
              "時計も潮も鼓動も、それぞれのやり方で時を刻んでいる。それらは何を測り、何を測らずにいるのか。正確ではないのに信頼されているものを一つ選んで考える。"),
          new Idea(
              "What a good question does",
              "よい問いの働き",
              "Some questions open a subject and others close it. What separates the two? Collect small examples and find out what a question has to leave unsaid.",
              "話題を開く問いもあれば、閉じてしまう問いもある。両者を分けるものは何か。小さな例を集め、問いが言わずに残しておくべきものを探る。"),
          new Idea(
              "Tools that outlive their makers",
              "作り手より長く生きる道具",
              "A tool can be used long after the person who made it is forgotten. What has to be in it for that? Compare a tool that lasted with one that did not.",
              "作った人が忘れられたあとも使われ続ける道具がある。そのために道具は何を備えていなければならないのか。残ったものと残らなかったものを比べる。"),
          new Idea(
              "The use of forgetting",
              "忘れることの役割",
              "Remembering everything is as hard as remembering nothing. What is forgetting good for, in a person, a library or a program? Say what should never be forgotten.",
              "すべてを覚えていることは、何も覚えていないことと同じくらい難しい。人や図書館やプログラムにとって、忘れることは何の役に立つのか。決して忘れるべきでないものも挙げる。"),
          new Idea(
              "Borders that connect",
              "つなぐ境界",
              "Shores, skins and interfaces separate two sides and let them meet. What makes a border useful to both sides? Look for one that became a place of its own.",
              "海岸や皮膚やインターフェースは、二つの側を分けながら出会わせている。両側の役に立つ境界とはどのようなものか。境界そのものが一つの場所になった例を探す。"),
          new Idea(
              "Small repairs",
              "小さな修理",
              "Most things are kept alive by small repairs that nobody writes down. What does a good repair respect? Describe one from beginning to end.",
              "たいていのものは、誰も書き留めない小さな修理によって保たれている。よい修理は何を尊重しているのか。一つの修理を始めから終わりまで描く。"),
          new Idea(
              "How maps mislead",
              "地図はどう惑わせるか",
              "Every map leaves out almost everything. When does leaving out help, and when does it mislead? Draw up rules for an honest map of something that is not a place.",
              "どの地図もほとんどのものを省いている。省くことが助けになるのはいつで、人を惑わせるのはいつか。場所ではない何かについて、正直な地図の決まりを考える。"),
          new Idea(
              "Waiting well",
              "よく待つこと",
              "Waiting is often treated as lost time. What happens in it that cannot happen otherwise? Compare the waiting of a seed, a reader and a machine.",
              "待つことは失われた時間として扱われがちである。待つあいだにしか起こらないことは何か。種と読者と機械の待ち方を比べる。"));

  private OwnThemes() {}

  static ThemeIdea next(Material material) {
    List<String> past = material.lines("Past themes");
    Language language = past.isEmpty() ? material.language() : Language.of(String.join("\n", past));
    Set<String> used = new HashSet<>();
    past.forEach(title -> used.add(plain(title)));
    for (int i = 0; i < IDEAS.size(); i++) {
      Idea idea = IDEAS.get((past.size() + i) % IDEAS.size());
      if (!used.contains(plain(idea.english())) && !used.contains(plain(idea.japanese()))) {
        return written(language, idea, language.of(idea.english(), idea.japanese()), "");
      }
    }
    return again(language, used, past.size());
  }

  /** When all ideas are used: one of them from another side, with a number if need be. */
  private static ThemeIdea again(Language language, Set<String> used, int number) {
    Idea idea = IDEAS.get(number % IDEAS.size());
    Angle angle = Angle.number(number / IDEAS.size());
    String title =
        language
            .of("%s, from the side of %s", "%s、%sの面から")
            .formatted(language.of(idea.english(), idea.japanese()), angle.name(language));
    String free = title;
    for (int i = 2; used.contains(plain(free)); i++) {
      free = title + " " + i;
    }
    String question =
        angle.question(language).formatted(language.of(idea.english(), idea.japanese()));
    return written(language, idea, free, language.of(" ", "") + question.replace("*", ""));
  }

  private static ThemeIdea written(Language language, Idea idea, String title, String more) {
    return new ThemeIdea(
        title,
        language.of(idea.englishText(), idea.japaneseText())
            + more
            + "\n\n"
            + Sheet.signature(language));
  }

  private static String plain(String title) {
    return title
        .replaceFirst("^[-*#\\d.\\s]+", "")
        .replaceAll("\\s+", " ")
        .strip()
        .toLowerCase(Locale.ROOT);
  }
}
