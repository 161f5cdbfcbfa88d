package dev.kodo.model.rehearsal;

import dev.kodo.model.rehearsal.Rehearsal.Page;
import java.util.ArrayList;
import java.util.List;

/** Works: an outline, a draft, questions with answers, and short guides. */
final class Creating {
  private static final int MOST_PARTS = 4;

  private Creating() {}

  static Page page(Material material) {
    return switch (Math.toIntExact(Math.min(3, material.count("create")))) {
      case 0 -> outline(material);
      case 1 -> draft(material);
      case 2 -> answers(material);
      default -> guide(material);
    };
  }

  private static Page outline(Material material) {
    ThemeText theme = material.theme();
    Language language = material.language();
    Sheet sheet =
        new Sheet(language)
            .text(
                "Outline of a text on “%s”. Each part has a word to turn around and a statement to start from.",
                "「%s」についての文章の構成案です。各部に、中心となる語と出発点となる文を置きます。", theme.title());
    List<ThemeText.Named> parts = theme.named(MOST_PARTS);
    List<String> words = parts.stream().map(ThemeText.Named::term).toList();
    for (int i = 0; i < words.size(); i++) {
      String part = "%d. %s".formatted(i + 1, words.get(i));
      sheet
          .heading(part, part)
          .quote(parts.get(i).sentence())
          .text("%s", "%s", task(language, i, words));
    }
    return new Page(
        material.unused(language.of("Outline on %s", "%sの構成案").formatted(theme.term(0))),
        language
            .of("An outline in %s, from %s to %s.", "%s部からなる構成案。「%s」から始めて「%s」で終わる。")
            .formatted(language.count(words.size(), "part"), words.getFirst(), words.getLast()),
        sheet.signed());
  }

  private static String task(Language language, int part, List<String> words) {
    String word = words.get(part);
    return switch (part) {
      case 0 ->
          language
              .of(
                  "Say what *%s* is here, with one scene that shows it.",
                  "ここでの「%s」とは何かを、それが見える一場面とともに述べる。")
              .formatted(word);
      case 1 ->
          language
              .of("Show how *%s* bears on *%s*.", "「%s」が「%s」にどう関わるかを示す。")
              .formatted(word, words.getFirst());
      case 2 ->
          language
              .of("Bring in the objection that *%s* raises.", "「%s」から生まれる反論をここで取り上げる。")
              .formatted(word);
      default ->
          language
              .of("End with what a reader can do about *%s*.", "最後に、読者が「%s」についてできることを述べる。")
              .formatted(word);
    };
  }

  private static Page draft(Material material) {
    ThemeText theme = material.theme();
    Language language = material.language();
    List<String> statements = theme.statements(0, 6);
    int half = (statements.size() + 1) / 2;
    Sheet sheet =
        new Sheet(language)
            .text(
                "A first draft on “%s”, put together from the weightiest statements of the theme.",
                "「%s」についての最初の草稿です。本文の中で重みのある文を組み合わせました。", theme.title())
            .heading("What it is about", "何の話か")
            .text("%s", "%s", paragraph(language, statements.subList(0, half)))
            .heading("Where it leads", "どこへ向かうか")
            .text("%s", "%s", paragraph(language, statements.subList(half, statements.size())))
            .heading("From the work so far", "これまでの仕事から")
            .items(Nearness.openings(material, 3))
            .text(
                "The draft still owes the reader an example for *%s*.",
                "この草稿には、「%s」の具体例がまだ足りません。", theme.term(material.beats().size()));
    return new Page(
        material.unused(language.of("Draft on %s", "%sの草稿").formatted(theme.term(0))),
        language
            .of("A first draft on “%s” from %d of its statements.", "「%s」の草稿。本文から%d個の文を用いた。")
            .formatted(theme.title(), statements.size()),
        sheet.signed());
  }

  private static String paragraph(Language language, List<String> statements) {
    return statements.isEmpty()
        ? language.of("The theme says no more about this.", "本文はこれについてこれ以上述べていません。")
        : String.join(language.of(" ", ""), statements);
  }

  private static Page answers(Material material) {
    ThemeText theme = material.theme();
    Language language = material.language();
    Sheet sheet =
        new Sheet(language)
            .text(
                "Questions that a reader of “%s” may have, answered with the words of the theme.",
                "「%s」を読む人が抱きそうな問いに、本文の言葉で答えます。", theme.title());
    List<ThemeText.Named> parts = theme.named(MOST_PARTS);
    for (int i = 0; i < parts.size(); i++) {
      String term = parts.get(i).term();
      sheet
          .heading(
              (i % 2 == 0 ? "What about %s?" : "Why does %s matter?").formatted(term),
              (i % 2 == 0 ? "「%s」とは何か" : "なぜ「%s」が大事なのか").formatted(term))
          .text("%s", "%s", parts.get(i).sentence());
    }
    return new Page(
        material.unused(
            language.of("Questions and answers on %s", "%sの問答").formatted(theme.term(0))),
        language
            .of(
                "Short answers, in the theme's own words, to questions about %s.",
                "%sについての問いに、本文の言葉で短く答えた。")
            .formatted(theme.term(0)),
        sheet.signed());
  }

  private static Page guide(Material material) {
    ThemeText theme = material.theme();
    Language language = material.language();
    int beat = material.beats().size();
    List<String> steps = new ArrayList<>();
    for (String statement : theme.statements(beat, 3)) {
      steps.add(language.of("Start from: %s", "出発点 — %s").formatted(statement));
    }
    steps.add(Angle.number(beat).question(language).formatted(theme.term(beat)));
    Sheet sheet =
        new Sheet(language)
            .text(
                "A short guide for somebody who wants to work on *%s* in the spirit of “%s”.",
                "「%s」に取り組みたい人のための短い手引きです。「%s」の考え方に沿っています。", theme.term(beat), theme.title())
            .numbered(steps);
    return new Page(
        material.unused(language.of("A short guide to %s", "%sの手引き").formatted(theme.term(beat))),
        language
            .of("A guide in %s to %s.", "%sつの段階からなる手引き(%s)。")
            .formatted(language.count(steps.size(), "step"), theme.term(beat)),
        sheet.signed());
  }
}
