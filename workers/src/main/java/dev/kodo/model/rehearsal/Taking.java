package dev.kodo.model.rehearsal;

import dev.kodo.model.rehearsal.Rehearsal.Page;
import java.util.List;

/** Taking stock in between, and taking leave at the end. */
final class Taking {
  private Taking() {}

  static Page stock(Material material) {
    ThemeText theme = material.theme();
    Language language = material.language();
    int beat = material.beats().size();
    Sheet sheet =
        new Sheet(language)
            .text(
                "A note on the state of “%s” after %s.",
                "「%s」について、%s回の鼓動を終えた時点の覚え書きです。", theme.title(), language.count(beat, "beat"))
            .heading("Done", "済んだこと")
            .items(done(material))
            .heading("Open", "残っていること")
            .items(Nearness.untouched(material, 3));
    return new Page(
        material.unused(
            language.of("Note after %s", "%s回目の後の覚え書き").formatted(language.count(beat, "beat"))),
        language
            .of("What is done and what is open about “%s”.", "「%s」について済んだことと残っていることを書き留めた。")
            .formatted(theme.title()),
        sheet.signed());
  }

  static Page leave(Material material) {
    ThemeText theme = material.theme();
    Language language = material.language();
    List<String> artifacts = artifacts(material);
    Sheet sheet =
        new Sheet(language)
            .text(
                "The theme “%s” ends after %s and %s.",
                "テーマ「%s」は、%s回の鼓動と%s点の成果物をもって終わります。",
                theme.title(),
                language.count(material.beats().size(), "beat"),
                language.count(artifacts.size(), "artifact"))
            .heading("What it was about", "何についてのテーマだったか")
            .items(theme.statements(0, 3))
            .heading("What was done", "行ったこと")
            .items(done(material))
            .heading("What is left behind", "残したもの")
            .items(artifacts.stream().limit(20).map(path -> "`" + path + "`").toList())
            .heading("What stays open", "まだ開かれている問い")
            .text(
                "A later theme could begin where this one has said least: with *%s*.",
                "次に取り上げるなら、今回もっとも語られなかった「%s」から始めるとよいでしょう。", theme.terms().getLast());
    return new Page(
        language.of("Summary of %s", "%sのまとめ").formatted(theme.title()),
        language
            .of(
                "The theme “%s” had %s; its main words were %s.",
                "テーマ「%s」には%s回の鼓動があり、中心となった語は%sだった。")
            .formatted(
                theme.title(), language.count(material.beats().size(), "beat"), mainWords(theme)),
        sheet.signed());
  }

  private static String mainWords(ThemeText theme) {
    List<String> words = theme.terms().stream().limit(3).toList();
    return String.join(theme.language().of(", ", "、"), words);
  }

  private static List<String> done(Material material) {
    Language language = material.language();
    List<String> done =
        material.beats().stream()
            .map(
                beat ->
                    "%s (%s)"
                        .formatted(
                            beat.title().isEmpty() ? beat.activity() : beat.title(),
                            beat.activity()))
            .toList();
    return done.isEmpty() ? List.of(language.of("Nothing yet.", "まだ何もありません。")) : done;
  }

  /** Paths of the artifacts: the headings of excerpts, or else one path on each line. */
  private static List<String> artifacts(Material material) {
    List<Piece> pieces = Piece.all(material.section("Artifacts"));
    return pieces.isEmpty()
        ? material.lines("Artifacts").stream()
            .map(path -> path.replaceFirst("^[-*]\\s*", ""))
            .toList()
        : pieces.stream().map(Piece::path).toList();
  }
}
