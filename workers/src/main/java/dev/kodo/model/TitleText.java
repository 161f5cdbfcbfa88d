package dev.kodo.model;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** The title of a body: what was said, or the body's first words where that says nothing. */
final class TitleText {
  /** In words; shorter ones of a question may well be a title. */
  private static final int LONG_ENOUGH_FOR_A_COPY = 4;

  private static final Pattern WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");
  private static final Pattern FILE = Pattern.compile("\\S+\\.(?i:md|json|txt|yml)");

  private TitleText() {}

  static String of(String said, String body, int longest, Question<?> question) {
    String title = ShortText.of(said, longest);
    return body.isEmpty() || (ShortText.says(title) && !copied(said, question))
        ? title
        : ShortText.heading(body, longest);
  }

  /** The name of a section or of a file, or words of the instruction that are Kodo's own. */
  private static boolean copied(String said, Question<?> question) {
    String plain = Sentence.plainWords(said);
    boolean named =
        question.sections().stream()
            .anyMatch(section -> plain.equals(Sentence.plainWords(section.name())));
    return named || FILE.matcher(said.strip()).matches() || isOfInstruction(said, question);
  }

  /** Whether most of its runs of three words stand in the instruction too. */
  private static boolean isOfInstruction(String said, Question<?> question) {
    List<String> runs = runs(said);
    Set<String> own = new HashSet<>(runs(question.instruction()));
    question.sections().stream()
        .filter(Section::inInstruction)
        .forEach(section -> runs(section.text()).forEach(own::remove));
    long copied = runs.stream().filter(own::contains).count();
    return runs.size() + 2 >= LONG_ENOUGH_FOR_A_COPY && copied * 3 >= runs.size() * 2L;
  }

  private static List<String> runs(String text) {
    List<String> words =
        Arrays.stream(WORDS.split(text.toLowerCase(Locale.ROOT)))
            .filter(word -> !word.isEmpty())
            .toList();
    return IntStream.range(0, Math.max(0, words.size() - 2))
        .mapToObj(i -> String.join(" ", words.subList(i, i + 3)))
        .toList();
  }
}
