package dev.kodo.model.rehearsal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A text as the rehearsal sees it.
 *
 * @param title heading or first words
 * @param sentences in the order of the text; never empty
 * @param ranked the same sentences, those first that share most with the others
 * @param terms words that carry the text; never empty
 */
record ThemeText(
    String text,
    Language language,
    String title,
    List<String> sentences,
    List<String> ranked,
    List<String> terms) {
  private static final Pattern QUESTION = Pattern.compile("[?？]$|か[。．]?$");

  static ThemeText of(String text, Language language) {
    List<String> all = Sentences.of(text);
    String title = title(text, all, language);
    List<String> rest = all.stream().filter(sentence -> !sentence.equals(title)).toList();
    List<String> sentences = rest.isEmpty() ? alone(all, language) : rest;
    List<String> terms = Terms.of(text, language);
    return new ThemeText(
        text,
        language,
        title,
        sentences,
        ranked(sentences, language),
        terms.isEmpty() ? List.of(title) : terms);
  }

  /** Terms come round again when there are fewer. */
  String term(int number) {
    return terms.get(Math.floorMod(number, terms.size()));
  }

  /** A statement of the theme, the weightiest at 0, shortened for quoting. */
  String statement(int number) {
    return language.clip(ranked.get(Math.floorMod(number, ranked.size())), 220);
  }

  /** Up to {@code count} different statements from {@code first} on, in the order of the text. */
  List<String> statements(int first, int count) {
    List<String> chosen = new ArrayList<>();
    for (int i = 0; i < Math.min(count, ranked.size()); i++) {
      chosen.add(ranked.get(Math.floorMod(first + i, ranked.size())));
    }
    chosen.sort(Comparator.comparingInt(sentences::indexOf));
    return chosen.stream().map(sentence -> language.clip(sentence, 220)).toList();
  }

  /** Like {@link #statement}, but no question where the theme says anything else. */
  String claim(int number) {
    List<String> claims =
        ranked.stream().filter(sentence -> !QUESTION.matcher(sentence).find()).toList();
    return claims.isEmpty()
        ? statement(number)
        : language.clip(claims.get(Math.floorMod(number, claims.size())), 220);
  }

  /** A sentence of the theme that names the term, else the statement of that number. */
  String about(String term, int number) {
    return ranked.stream()
        .filter(sentence -> Terms.count(sentence, term) > 0)
        .findFirst()
        .map(sentence -> language.clip(sentence, 220))
        .orElseGet(() -> statement(number));
  }

  /** Terms with a sentence that names them, each sentence once; at least one pair. */
  List<Named> named(int most) {
    Map<String, Named> bySentence = new LinkedHashMap<>();
    for (String term : terms) {
      ranked.stream()
          .filter(sentence -> Terms.count(sentence, term) > 0 && !bySentence.containsKey(sentence))
          .findFirst()
          .ifPresent(
              sentence -> bySentence.put(sentence, new Named(term, language.clip(sentence, 220))));
    }
    return bySentence.isEmpty()
        ? List.of(new Named(term(0), statement(0)))
        : bySentence.values().stream().limit(most).toList();
  }

  /** A term and a sentence that names it. */
  record Named(String term, String sentence) {}

  private static List<String> alone(List<String> all, Language language) {
    return all.isEmpty()
        ? List.of(language.of("No text was given for the theme.", "テーマの本文は渡されていません。"))
        : all;
  }

  private static String title(String text, List<String> sentences, Language language) {
    String first = text.lines().map(String::strip).filter(l -> !l.isEmpty()).findFirst().orElse("");
    if (first.startsWith("#")) {
      String heading = first.replaceFirst("^#+\\s*", "").strip();
      if (!heading.isEmpty()) {
        return language.clip(heading, 80);
      }
    }
    return sentences.isEmpty()
        ? language.of("Untitled theme", "無題のテーマ")
        : language.clip(sentences.getFirst().replaceFirst("[。．.!?！？]+$", ""), 60);
  }

  /** Weight: what a sentence shares with all others, and a little for standing early. */
  private static List<String> ranked(List<String> sentences, Language language) {
    double[] weight = new double[sentences.size()];
    for (int i = 0; i < weight.length; i++) {
      weight[i] = 0.5 / (1 + i);
      for (int j = 0; j < weight.length; j++) {
        weight[i] += i == j ? 0 : Terms.overlap(sentences.get(i), sentences.get(j), language);
      }
    }
    return sentences.stream()
        .sorted(
            Comparator.comparingDouble((String sentence) -> -weight[sentences.indexOf(sentence)]))
        .toList();
  }
}
