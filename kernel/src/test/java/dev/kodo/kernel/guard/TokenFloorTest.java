package dev.kodo.kernel.guard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenFloorTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "The quick brown fox jumps over the lazy dog.|6",
        "a|0",
        "I don't know, but they're here|6",
        "動物園に行きました。とても楽しかったです。|3",
        "हिन्दी में लिखा हुआ एक वाक्य|4",
        "x = foo.bar(baz, 12345);|3"
      })
  void countsLessThanAnyTokenizerAndTheSameHoweverTheTextIsCut(String text, long tokens) {
    TokenFloor whole = new TokenFloor();
    whole.add(text);
    TokenFloor cut = new TokenFloor();
    text.chars().forEach(c -> cut.add(Character.toString((char) c)));

    assertThat(whole.tokens()).isEqualTo(tokens);
    assertThat(cut.tokens()).isEqualTo(tokens);
  }

  @Test
  void countsALongTextLikeItsParts() {
    String text = "動物園 word ".repeat(3_000);
    TokenFloor cut = new TokenFloor();
    text.chars().forEach(c -> cut.add(Character.toString((char) c)));
    TokenFloor whole = new TokenFloor();
    whole.add(text);

    assertThat(whole.tokens()).isEqualTo(cut.tokens()).isEqualTo(3_000L * 15 / 16);
  }
}
