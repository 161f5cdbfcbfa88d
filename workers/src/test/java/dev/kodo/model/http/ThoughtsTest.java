package dev.kodo.model.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThoughtsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "<think>Hm.</think>{'a':1} | {'a':1}",
        "<think>Is {'b':2} it?</think> {'a':1} | {'a':1}",
        "<think></think><think>And?</think>{'a':1} | {'a':1}",
        "The template began it. </think>{'a':1} | {'a':1}",
        "Is {'b':2} it? </think>{'a':1} | {'a':1}",
        "<think>Hm. {'a': | ''",
        "<thin | ''"
      })
  void takesThoughtsOut(String text, String answer) {
    Thoughts parted = Thoughts.outOf(text);

    assertThat(parted.any()).isTrue();
    assertThat(parted.answer().strip()).isEqualTo(answer.equals("''") ? "" : answer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'body':'It says </think> and <think>.'}",
        "```json\n{'body':'It says </think>.'}\n```",
        "Here it is: {'body':'It says </think>.'}",
        "I think <think> is a mark.",
        ""
      })
  void leavesAnAnswerAloneThatSpeaksOfTheMarks(String text) {
    assertThat(Thoughts.outOf(text)).isEqualTo(new Thoughts(text, false));
  }
}
