package dev.kodo.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodyTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      textBlock =
          """
          One whole. And then|One whole.
          It cost 3.14 and|
          It happened in 2026. Then|It happened in 2026.
          See Dr. Smith and e.g. the|
          「行く。」と言った。それから|「行く。」と言った。
          海は青い。波は|海は青い。
          「海は青い。」波は|「海は青い。」
          Is it? (Yes!) But then|Is it? (Yes!)
          He said "Go." And she|He said "Go."
          1. First thing|
          Look at http://x.org/?a=1. Then|Look at http://x.org/?a=1.
          What is it...|What is it...
          """)
  void keepsACutTextUpToItsLastWholeSentence(String text, String kept) {
    assertThat(BodyText.of(text, Cut.BOUND).map(BodyText::text))
        .isEqualTo(Optional.ofNullable(kept));
  }

  @Test
  void endsBehindAFinishedItemOfAListAndNeverAtAHeading() {
    assertThat(kept("Intro.\n\n- the first item\n- the second item\n- the thi"))
        .isEqualTo("Intro.\n\n- the first item\n- the second item");
    assertThat(kept("| a | b |\n|---|---|\n| c | d |\n| e |")).endsWith("| c | d |");
    assertThat(kept("One.\n\n## What comes next\n\nAnd th")).isEqualTo("One.");
    assertThat(kept("1. The first step.\n2. The second st")).isEqualTo("1. The first step.");
  }

  @Test
  void leavesOutABlockOfCodeThatIsNotClosedAndKeepsOneThatIs() {
    assertThat(kept("Try this.\n\n```java\nint a = 1;\nint b")).isEqualTo("Try this.");
    assertThat(kept("Try this:\n\n```\na. b.\n```\n\nIt wor"))
        .isEqualTo("Try this:\n\n```\na. b.\n```");
    assertThat(kept("```java\nint a = 1;\nint b = 2;\nint"))
        .isEqualTo("```java\nint a = 1;\nint b = 2;\n```");
  }

  @Test
  void keepsAWholeTextAsItIs() {
    assertThat(BodyText.of(" Roses are red\nviolets ", null))
        .contains(new BodyText("Roses are red\nviolets", null));
  }

  @Test
  void endsATextBeforeASentenceComesAThirdTime() {
    String text =
        "The sea is wide. It is deep. The SEA is wide! And cold. **The sea is wide.** More.";

    assertThat(BodyText.of(text, null))
        .contains(
            new BodyText(
                "The sea is wide. It is deep. The SEA is wide! And cold.", Cut.REPETITION));
    assertThat(BodyText.of("海は広い場所だ。波が立つ。海は広い場所だ。風が吹く。海は広い場所だ。", null))
        .contains(new BodyText("海は広い場所だ。波が立つ。海は広い場所だ。風が吹く。", Cut.REPETITION));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Yes. Why? Yes. Why? Yes. Why? Yes.",
        "## Next\n\nOne is here.\n\n## Next\n\nTwo is here.\n\n## Next\n\nThree is here.",
        "```\nreturn the value;\nreturn the value;\nreturn the value;\n```",
        "| a | b |\n|-------------------|--------------------|\n| c | d |",
        "It opened on 2026-11-21T10:00:00Z, see 20261121100000_tides.md.",
        "a\n\n----------------------------------------------------------------------\n\nb"
      })
  void leavesAloneWhatMayComeAgain(String text) {
    assertThat(BodyText.of(text, null)).contains(new BodyText(text, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026112901190420261129011904202611290119042026112901190420261129011904",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "ああああああああああああああああああああああああああああああああああああああああああああ",
        "no no no no no no no no no no no no no no no no no no no no no no no",
        "1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63, 64, 65, 66, 67, 68, 69, 70, 71, 72, 73, 74, 75, 76, 77, 78, 79, 80, 81, 82, 83, 84, 85, 86, 87, 88, 89, 90"
      })
  void endsATextBeforeWhatGoesOnForEver(String forEver) {
    assertThat(BodyText.of("The sea is wide. It is deep " + forEver, null))
        .contains(new BodyText("The sea is wide.", Cut.REPETITION));
    assertThat(BodyText.of("It is " + forEver, null)).isEmpty();
  }

  @Test
  void letsAShortSentenceComeOftenButNotInOneRow() {
    assertThat(BodyText.of("Is it? No. No. No. No. No. Never.", null).orElseThrow().cut()).isNull();
    assertThat(BodyText.of("Is it? No. No. No. No. No. No. Never.", null))
        .contains(new BodyText("Is it? No. No. No. No. No.", Cut.REPETITION));
  }

  @Property(tries = 500)
  void keepsABeginningThatEndsWell(@ForAll String text) {
    BodyText.of(text, Cut.TIME)
        .ifPresent(kept -> assertThat(text).contains(kept.text().replaceFirst("\n```$", "")));
  }

  @Test
  @Timeout(20)
  void staysQuickOnAMegabyte() {
    assertThat(BodyText.of("ab ".repeat(300_000), Cut.BOUND)).isEmpty();
    assertThat(BodyText.of("x. ".repeat(300_000), Cut.BOUND)).isEmpty();
    assertThat(BodyText.of("The sea is wide. ".repeat(60_000), Cut.BOUND)).isPresent();
    assertThat(BodyText.of("- \n".repeat(300_000), Cut.BOUND)).contains(new BodyText("", null));
  }

  private static String kept(String text) {
    return BodyText.of(text, Cut.BOUND).orElseThrow().text();
  }
}
