package dev.kodo.model.rehearsal;

import java.util.Comparator;
import java.util.List;

/** What lies close to what: statements to each other, artifacts to the theme. */
final class Nearness {
  /** Below this a statement of the theme counts as not taken up. */
  private static final double TRACE = 0.25;

  private Nearness() {}

  static String nearest(ThemeText theme, String to) {
    return others(theme, to).max(nearness(theme, to)).map(s -> clip(theme, s)).orElse(to);
  }

  static String farthest(ThemeText theme, String to) {
    return others(theme, to).min(nearness(theme, to)).map(s -> clip(theme, s)).orElse(to);
  }

  /** The artifact that is shown last but has the latest file name. */
  static Piece newest(Material material) {
    return material.pieces().stream().max(Comparator.comparing(Piece::path)).orElseThrow();
  }

  static Piece oldest(Material material) {
    return material.pieces().stream().min(Comparator.comparing(Piece::path)).orElseThrow();
  }

  /** Name and first sentence of each artifact that is shown. */
  static List<String> openings(Material material, int most) {
    List<String> openings =
        material.pieces().stream().limit(most).map(piece -> opening(material, piece)).toList();
    return openings.isEmpty()
        ? List.of(
            material
                .language()
                .of("No artifact of this theme is at hand yet.", "このテーマの成果物はまだ手元にありません。"))
        : openings;
  }

  /** Statements of the theme of which no artifact that is shown has a trace. */
  static List<String> untouched(Material material, int most) {
    ThemeText theme = material.theme();
    List<String> untouched =
        theme.ranked().stream()
            .filter(sentence -> trace(material, sentence) < TRACE)
            .limit(most)
            .map(sentence -> clip(theme, sentence))
            .toList();
    return untouched.isEmpty()
        ? List.of(
            material
                .language()
                .of(
                    "Every statement of the theme has left a trace in the artifacts shown.",
                    "本文のどの文も、手元の成果物に何らかの跡を残しています。"))
        : untouched;
  }

  static long touched(Material material) {
    return material.theme().sentences().stream()
        .filter(sentence -> trace(material, sentence) >= TRACE)
        .count();
  }

  private static double trace(Material material, String sentence) {
    return material.pieces().stream()
        .flatMap(piece -> Sentences.of(piece.excerpt()).stream())
        .mapToDouble(written -> Terms.overlap(sentence, written, material.language()))
        .max()
        .orElse(0);
  }

  private static String opening(Material material, Piece piece) {
    Language language = material.language();
    List<String> prose = piece.prose();
    return prose.isEmpty()
        ? piece.name()
        : language
            .of("%s: %s", "%s — %s")
            .formatted(piece.name(), language.clip(prose.getFirst(), 160));
  }

  private static java.util.stream.Stream<String> others(ThemeText theme, String than) {
    return theme.ranked().stream().filter(sentence -> !sentence.equals(than));
  }

  private static Comparator<String> nearness(ThemeText theme, String to) {
    return Comparator.comparingDouble(sentence -> Terms.overlap(sentence, to, theme.language()));
  }

  private static String clip(ThemeText theme, String sentence) {
    return theme.language().clip(sentence, 220);
  }
}
