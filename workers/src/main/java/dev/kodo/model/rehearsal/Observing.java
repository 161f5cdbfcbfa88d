package dev.kodo.model.rehearsal;

import dev.kodo.model.rehearsal.Rehearsal.Page;
import java.util.List;

/** Observation pages: what is on the desk, what is untouched, how the work has moved. */
final class Observing {
  private Observing() {}

  static Page page(Material material) {
    long earlier = material.count("observe");
    if (earlier == 0) {
      return inventory(material);
    }
    return earlier == 1 || material.pieces().size() < 2 ? gaps(material) : movement(material);
  }

  private static Page inventory(Material material) {
    ThemeText theme = material.theme();
    Language language = material.language();
    Sheet sheet =
        new Sheet(language)
            .text(
                "What is on the desk for “%s”: a text of %s, and %s at hand.",
                "「%s」のために机の上にあるのは、%s個の文からなる本文と、手元の成果物%s点です。",
                theme.title(),
                language.count(theme.sentences().size(), "statement"),
                language.count(material.pieces().size(), "artifact"))
            .heading("Words that carry the text", "本文を支える語")
            .items(counted(theme))
            .heading("Statements that stand out", "目立つ文")
            .items(theme.statements(material.beats().size(), 3))
            .heading("Own work so far", "これまでの自分の仕事")
            .items(Nearness.openings(material, 4))
            .text(
                "What strikes first: *%s* is named most, while *%s* is mentioned in passing.",
                "まず目につくのは、「%s」が最も多く語られる一方で、「%s」は軽く触れられるだけだということです。",
                theme.term(0),
                theme.terms().getLast());
    return new Page(
        material.unused(language.of("What is there: %s", "いまあるもの、%s").formatted(theme.term(0))),
        language
            .of(
                "Takes stock of the theme's statements, its main words and the work made so far (%s).",
                "テーマの文と主要な語、そしてこれまでの成果物%s点を見渡した。")
            .formatted(language.count(material.pieces().size(), "artifact")),
        sheet.signed());
  }

  private static List<String> counted(ThemeText theme) {
    return theme.named(5).stream()
        .map(
            named ->
                theme
                    .language()
                    .of("*%s* (%s): %s", "「%s」(%s回) — %s")
                    .formatted(named.term(), times(theme, named.term()), named.sentence()))
        .toList();
  }

  private static String times(ThemeText theme, String term) {
    return theme.language().count(Math.max(1, Terms.count(theme.text(), term)), "time");
  }

  private static Page gaps(Material material) {
    ThemeText theme = material.theme();
    Language language = material.language();
    int beat = material.beats().size();
    Sheet sheet =
        new Sheet(language)
            .text(
                "Laid beside the theme, the artifacts at hand take up %d of its %d statements.",
                "手元の成果物を本文と並べてみると、%d個の文が取り上げられています(本文は全部で%d個)。",
                Nearness.touched(material),
                theme.sentences().size())
            .heading("Not taken up yet", "まだ取り上げていないこと")
            .items(Nearness.untouched(material, 4))
            .heading("Already there", "すでにあるもの")
            .items(Nearness.openings(material, 4))
            .text(
                "The next work should start from the first of the open points and tie it to *%s*.",
                "次の仕事は、残っている点の一つ目から始め、それを「%s」に結びつけるとよいでしょう。", theme.term(beat));
    return new Page(
        material.unused(
            language
                .of("What is still open about %s", "%sについて残っていること")
                .formatted(theme.term(beat))),
        language
            .of(
                "Compares the artifacts with the theme: %d of %d statements are taken up.",
                "成果物を本文と比べ、%d個の文が取り上げられていることを確かめた(全%d個)。")
            .formatted(Nearness.touched(material), theme.sentences().size()),
        sheet.signed());
  }

  private static Page movement(Material material) {
    ThemeText theme = material.theme();
    Language language = material.language();
    Piece first = Nearness.oldest(material);
    Piece last = Nearness.newest(material);
    List<String> before = Terms.of(String.join("\n", first.prose()), language);
    List<String> fresh =
        Terms.of(String.join("\n", last.prose()), language).stream()
            .filter(term -> !before.contains(term))
            .limit(5)
            .toList();
    Sheet sheet =
        new Sheet(language)
            .text(
                "Between “%s” and “%s” the work has moved.",
                "「%s」から「%s」までのあいだに、仕事は動いてきました。", first.name(), last.name())
            .heading("Words that came in", "新しく入ってきた語")
            .items(fresh.isEmpty() ? List.of(theme.term(material.beats().size())) : fresh)
            .heading("What stayed", "変わらなかったこと")
            .quote(theme.statement(0))
            .heading("Still open", "まだ残っていること")
            .items(Nearness.untouched(material, 2));
    return new Page(
        material.unused(
            language.of("How the work on %s has moved", "%sをめぐる仕事の動き").formatted(theme.term(0))),
        language
            .of(
                "Compares the oldest and the newest artifact on “%s”.",
                "「%s」の最も古い成果物と最も新しい成果物を比べた。")
            .formatted(theme.title()),
        sheet.signed());
  }
}
