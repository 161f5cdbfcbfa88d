package dev.kodo.model.rehearsal;

import dev.kodo.model.rehearsal.Rehearsal.Page;
import java.util.List;
import java.util.regex.Pattern;

/** Thought pages: first a question, then a synthesis, then a critique, then other angles. */
final class Thinking {
  private static final Pattern STRONG =
      Pattern.compile(
          "(?i)\\b(must|always|never|only|every|all|should|cannot|nothing)\\b|べき|必ず|だけ|すべて|全て|しか|決して|なければならない");

  private Thinking() {}

  static Page page(Material material) {
    return switch (Math.toIntExact(Math.min(3, material.count("think")))) {
      case 0 -> question(material);
      case 1 -> synthesis(material);
      case 2 -> critique(material);
      default -> angle(material);
    };
  }

  private static Page question(Material material) {
    ThemeText theme = material.theme();
    Language language = material.language();
    int beat = material.beats().size();
    String one = theme.term(beat);
    String other = theme.term(beat + 1);
    Sheet sheet =
        new Sheet(language)
            .text(
                "Before anything is made of “%s”, it helps to say what it asks. One sentence carries much of the text:",
                "「%s」から何かを作る前に、何が問われているのかを言葉にしておきます。本文の重みを担っているのは次の一文です。", theme.title())
            .quote(theme.statement(beat))
            .heading("Questions", "問い")
            .numbered(
                List.of(
                    language
                        .of(
                            "What exactly is meant by *%s*, and how would somebody notice that it is there?",
                            "「%s」とは正確には何を指し、それがあることに人はどう気づくのか。")
                        .formatted(one),
                    language
                        .of(
                            "How do *%s* and *%s* depend on each other? The text says: %s",
                            "「%s」と「%s」は互いにどう支え合っているのか。本文にはこうある。%s")
                        .formatted(one, other, theme.about(other, beat + 1)),
                    language
                        .of(
                            "What would have to be different for this to be false: %s",
                            "次の一文が成り立たなくなるのは、何が違っていたときか。%s")
                        .formatted(theme.claim(beat + 2))))
            .heading("Where to begin", "どこから始めるか")
            .text(
                "*%s* stands in the text %s and *%s* %s. The second question therefore promises most: the next step is to look for the places where the two meet.",
                "本文は「%s」に%s回、「%s」に%s回触れています。そこで二番目の問いから始め、次の一歩では両者が出会う箇所を探します。",
                one,
                times(language, theme, one),
                other,
                times(language, theme, other));
    return new Page(
        material.unused(language.of("Questions about %s", "%sをめぐる問い").formatted(one)),
        language
            .of(
                "Three questions that the theme puts about %s and %s, and the one to begin with.",
                "%sと%sについてテーマが投げかける三つの問いを立て、どれから始めるかを決めた。")
            .formatted(one, other),
        sheet.signed());
  }

  private static String times(Language language, ThemeText theme, String term) {
    return language.count(Math.max(1, Terms.count(theme.text(), term)), "time");
  }

  private static Page synthesis(Material material) {
    ThemeText theme = material.theme();
    Language language = material.language();
    int beat = material.beats().size();
    String base = theme.statement(0);
    String ally = Nearness.nearest(theme, theme.ranked().getFirst());
    String stranger = Nearness.farthest(theme, theme.ranked().getFirst());
    Sheet sheet =
        new Sheet(language)
            .text(
                "After %s it is time to put things together. Two statements of the theme lean on each other:",
                "%s回の鼓動を経たので、ここで材料をまとめます。本文では次の二つの文が互いに支え合っています。", language.count(beat, "beat"))
            .quote(base)
            .quote(ally)
            .text("One stands apart from them:", "一方で、次の文はそこから離れたところに立っています。")
            .quote(stranger)
            .heading("What came before", "これまでの成果")
            .items(Nearness.openings(material, 3))
            .heading("Put together", "まとめ")
            .text(
                "The first two describe what *%s* needs; the third says where that stops being enough. A text about “%s” has to hold both sides, and *%s* is the word through which they can meet.",
                "はじめの二文は「%s」に必要なものを述べ、三つ目の文はそれだけでは足りなくなる場所を示しています。「%s」を語るには両方を抱える必要があり、「%s」がその橋渡しになります。",
                theme.term(0),
                theme.title(),
                theme.term(beat));
    return new Page(
        material.unused(
            language
                .of("How %s and %s fit together", "%sと%sのつながり")
                .formatted(theme.term(0), theme.term(beat))),
        language
            .of(
                "Brings together what the theme says about %s and names the statement that does not fit in yet.",
                "テーマが%sについて述べていることをまとめ、まだ収まらない一文を示した。")
            .formatted(theme.term(0)),
        sheet.signed());
  }

  private static Page critique(Material material) {
    ThemeText theme = material.theme();
    Language language = material.language();
    String work = material.pieces().isEmpty() ? theme.title() : Nearness.newest(material).name();
    List<String> strong =
        theme.sentences().stream()
            .filter(sentence -> STRONG.matcher(sentence).find())
            .limit(3)
            .map(sentence -> language.clip(sentence, 200))
            .toList();
    Sheet sheet =
        new Sheet(language)
            .text(
                "A second look at “%s”, asking what it takes for granted.",
                "「%s」をもう一度読み、何を当たり前としているのかを問います。", work)
            .heading("What it takes for granted", "前提にしていること")
            .items(strong.isEmpty() ? theme.statements(material.beats().size(), 2) : strong)
            .heading("What it leaves out", "抜けていること")
            .items(Nearness.untouched(material, 3))
            .heading("What follows", "ここから言えること")
            .text(
                "A better version would test the first point against a case that speaks against it, and give *%s* a place of its own.",
                "よりよい版にするには、一つ目の前提を反例に当ててみること、そして「%s」に独立した場所を与えることが必要です。",
                theme.term(material.beats().size()));
    return new Page(
        material.unused(
            language.of("A critique of %s", "%sへの批評").formatted(language.clip(work, 40))),
        language
            .of(
                "Looks at what the work on “%s” takes for granted and what it leaves out.",
                "「%s」についての仕事が何を前提とし、何を落としているかを検討した。")
            .formatted(theme.title()),
        sheet.signed());
  }

  private static Page angle(Material material) {
    ThemeText theme = material.theme();
    Language language = material.language();
    int beat = material.beats().size();
    Angle angle = Angle.number(beat);
    Sheet sheet =
        new Sheet(language)
            .text(
                "The theme “%s” once more, this time from the side of %s.",
                "「%s」をもう一度、今度は%sという面から考えます。", theme.title(), angle.name(language))
            .quote(theme.statement(beat))
            .text("%s", "%s", angle.question(language).formatted(theme.term(beat)))
            .heading("What the text offers", "本文にある手がかり")
            .items(theme.statements(beat + 1, 3));
    return new Page(
        material.unused(
            language
                .of("%s from the side of %s", "%sを%sから見る")
                .formatted(theme.term(beat), angle.name(language))),
        language
            .of("Considers %s from the side of %s.", "%sを%sという面から考えた。")
            .formatted(theme.term(beat), angle.name(language)),
        sheet.signed());
  }
}
