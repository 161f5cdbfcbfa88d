package dev.kodo.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kodo.model.Section.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** With one byte in a token, so that a text has as many tokens as characters. */
class FitTest {
  private static final int ANSWER = 100;
  private static final List<String> FIXED = List.of("system", "question");

  private static final List<Section> SECTIONS =
      List.of(
          new Section("Expert context", "c".repeat(300), Kind.CONTEXT),
          new Section("Theme", "t".repeat(2_000), Kind.THEME),
          new Section("Rules", "r".repeat(200), Kind.RULES),
          new Section("Beat", "b1".repeat(50), Kind.BEAT),
          new Section("Piece", "p1".repeat(200), Kind.PIECE),
          new Section("Beat", "b2".repeat(50), Kind.BEAT),
          new Section("Piece", "p2".repeat(200), Kind.PIECE),
          new Section("Permitted activities", "f".repeat(100)),
          Section.ofInstruction("Question", "x"));

  @Test
  void showsEverythingWhereTheContextIsUnknownOrLong() {
    assertThat(names(fit(null))).isEqualTo(names(SECTIONS.subList(0, 8)));
    assertThat(names(fit(10_000))).isEqualTo(names(SECTIONS.subList(0, 8)));
  }

  @Test
  void leavesOutOlderPiecesThenOlderBeatsThenTheMiddleOfTheTheme() {
    assertThat(texts(fit(4_000))).noneMatch(text -> text.startsWith("p1")).hasSize(7);
    assertThat(texts(fit(3_500))).noneMatch(text -> text.startsWith("p")).hasSize(6);
    assertThat(texts(fit(3_100))).noneMatch(text -> text.startsWith("b1")).hasSize(5);

    List<Section> short_ = fit(2_000);

    assertThat(names(short_))
        .containsExactly("Expert context", "Theme", "Rules", "Permitted activities");
    assertThat(short_.get(1).text())
        .startsWith("ttt")
        .endsWith("ttt")
        .contains("characters are left out here");
    assertThat(short_.get(2)).isEqualTo(SECTIONS.get(2));
    assertThat(short_.get(3)).isEqualTo(SECTIONS.get(7));
  }

  @Test
  void alwaysFits() {
    for (int context = 1_500; context < 5_000; context += 10) {
      int tokens =
          fit(context).stream()
              .mapToInt(section -> Fence.around(section.name(), section.text()).length())
              .sum();

      assertThat(tokens + 14 + ANSWER).as("context %d", context).isLessThanOrEqualTo(context);
    }
  }

  @Test
  void sendsNothingAndNamesBothNumbersWhereTheRestDoesNotFit() {
    assertThatThrownBy(() -> fit(900))
        .isInstanceOfSatisfying(
            ProviderRefused.class,
            refused -> assertThat(refused.consequence()).isInstanceOf(Consequence.Unfit.class))
        .hasMessageMatching(
            "The question think needs 1\\d{3} tokens .* but the context of a/b has 900, so nothing was sent\\..*");
  }

  @Test
  void countsOnlyWhereTheEstimateLeavesItOpen() {
    List<List<String>> counted = new ArrayList<>();
    Scope.Counter counter =
        texts -> {
          counted.add(texts);
          return Optional.of(texts.stream().map(text -> text.length() / 4).toList());
        };

    assertThat(fit(10_000, counter)).hasSize(8);
    assertThat(counted).isEmpty();

    assertThat(fit(2_000, counter)).as("a token has four bytes, not one").hasSize(8);
    assertThat(counted).singleElement().satisfies(texts -> assertThat(texts).hasSize(10));
  }

  @Test
  void showsMoreOfAPieceWhereTheContextIsLong() {
    assertThat(
            new Scope("a/b", 8_192, null, 1, true, texts -> Optional.empty()).longest(Kind.PIECE))
        .isEqualTo(420);
    assertThat(Scope.UNKNOWN.longest(Kind.PIECE)).isEqualTo(1_500);
  }

  private static List<Section> fit(@Nullable Integer context) {
    return fit(context, texts -> Optional.empty());
  }

  private static List<Section> fit(@Nullable Integer context, Scope.Counter counter) {
    Scope scope = new Scope("a/b", context, 1.0, ANSWER, true, counter);
    var note = ModelFixture.question("x");
    var question = new Question<>(note.contract(), "20261121080000", "Do it.", SECTIONS);
    return new Fit(scope, question, FIXED).sections();
  }

  private static List<String> names(List<Section> sections) {
    return sections.stream().map(Section::name).toList();
  }

  private static List<String> texts(List<Section> sections) {
    return sections.stream().map(Section::text).toList();
  }
}
