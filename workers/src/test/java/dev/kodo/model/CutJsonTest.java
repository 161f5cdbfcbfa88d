package dev.kodo.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CutJsonTest {
  private static final String WHOLE =
      "{\"title\": \"A \\\"b\\\" \\u3042\\ud83d\\ude00, {c}\", \"n\": 12, \"list\": [\"x\", {\"y\": 1}], \"body\": \"One.\\nTwo \\\\ three\"}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"a": "one", "b": "tw | {"a": "one", "b": "tw"} | b
          {"a": "one", "b": "tw\\ | {"a": "one", "b": "tw"} | b
          {"a": "one", "b": "tw\\u30 | {"a": "one", "b": "tw"} | b
          {"a": "one", "b" | {"a": "one"} |
          {"a": "one", "b": | {"a": "one"} |
          {"a": "one", "n": 12 | {"a": "one"} |
          {"a": "one", "n": 12, | {"a": "one", "n": 12} |
          {"a": "one" | {"a": "one"} |
          {"a": ["x", "y | {"a": ["x", "y"]} | a
          {"a": ["x", | {"a": ["x"]} | a
          {"a": ["x"], "b | {"a": ["x"]} |
          {"a": [ | {} |
          {"a": [{"b": "c | {} |
          {"a": {"b": "c | {} |
          { | {} |
          {"a": "one"} and more | {"a": "one"} |
          """)
  void closesTheObjectWhereItIsCut(String text, String closed, String open) {
    CutJson cut = CutJson.closed(text);

    assertThat(cut.text()).isEqualTo(closed);
    assertThat(cut.open()).isEqualTo(open);
    assertThat(cut.whole()).isEqualTo(text.contains("}"));
  }

  @Test
  void givesAnObjectWithTheSameBeginningWhereverItIsCut() throws JsonProcessingException {
    JsonNode whole = ModelFixture.JSON.readTree(WHOLE);
    for (int length = 1; length <= WHOLE.length(); length++) {
      CutJson cut = CutJson.closed(WHOLE.substring(0, length));
      JsonNode object = ModelFixture.JSON.readTree(cut.text());
      object
          .properties()
          .forEach(
              member -> {
                JsonNode meant = whole.get(member.getKey());
                if (member.getKey().equals(cut.open()) && meant.isTextual()) {
                  String said = member.getValue().asText().replaceFirst("\\ud83d$", "");
                  assertThat(meant.asText()).startsWith(said);
                } else if (!member.getKey().equals(cut.open())) {
                  assertThat(member.getValue()).isEqualTo(meant);
                }
              });
    }
    assertThat(CutJson.closed(WHOLE)).isEqualTo(new CutJson(WHOLE, true, null));
  }
}
