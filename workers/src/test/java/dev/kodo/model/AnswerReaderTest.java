package dev.kodo.model;

import static dev.kodo.model.ModelFixture.NOTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kodo.model.ModelFixture.Note;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerReaderTest {
  record Outer(Inner inner, @Nullable List<Inner> more, @Nullable Boolean sure) {}

  record Inner(String name) {}

  private static final ModelDescription BY = new ModelDescription("p", "m", false, null);

  private final AnswerReader reader = new AnswerReader();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%s",
        "```json\n%s\n```",
        "Here is the {answer} you asked for:\n%s\nI hope it helps :-}",
        "<think>Maybe {\"title\":\"no\"}? No.</think>\n%s",
        "\uFEFF  %s"
      })
  void findsTheOneObject(String around) {
    assertThat(read(around.formatted(NOTE), Note.class)).isInstanceOf(Reading.Valid.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          no object at all | holds no complete JSON object
          {"title":"a","minutes": | holds no complete JSON object
          [1,2] | holds no complete JSON object
          {"title":"a"} {"title":"b"} | holds more than one JSON object
          {"minutes":1,"mood":"CALM","tags":[]} | lacks 'title'
          {"title":null,"minutes":1,"mood":"CALM","tags":[]} | lacks 'title'
          {"title":"  ","minutes":1,"mood":"CALM","tags":[]} | has a blank 'title'
          {"title":"a","minutes":"soon","mood":"CALM","tags":[]} | has a value of the wrong type in 'minutes'
          {"title":"a","minutes":1.5,"mood":"CALM","tags":[]} | has a value of the wrong type in 'minutes'
          {"title":"a","minutes":99999999999,"mood":"CALM","tags":[]} | has a value of the wrong type in 'minutes'
          {"title":"a","minutes":1,"mood":"SLEEPY","tags":[]} | has a value in 'mood' that is not permitted now; permitted are ["CALM","KEEN"]
          {"title":"a","minutes":1,"mood":"CALM","tags":"x"} | has a value of the wrong type in 'tags'
          {"title":{"a":1},"minutes":1,"mood":"CALM","tags":[]} | has a value of the wrong type in 'title'
          {"title":"a","minutes":-7,"mood":"CALM","tags":[]} | was refused: minutes must not be negative but are -7
          """)
  void namesTheFault(String text, String fault) {
    assertThat(read(text, Note.class)).isEqualTo(new Reading.Invalid<>(fault));
  }

  @Test
  void checksNestedRecordsAndLists() {
    assertThat(read("{\"inner\":{\"name\":\"\"}}", Outer.class))
        .isEqualTo(new Reading.Invalid<>("has a blank 'inner.name'"));
    assertThat(read("{\"inner\":{\"name\":\"x\"},\"more\":[{\"name\":\"a\"},{}]}", Outer.class))
        .isEqualTo(new Reading.Invalid<>("lacks 'more[1].name'"));
    assertThat(read("{\"inner\":\"x\"}", Outer.class))
        .isEqualTo(new Reading.Invalid<>("has a value of the wrong type in 'inner'"));
    assertThat(read("{\"inner\":{\"name\":\"x\"},\"more\":[null]}", Outer.class))
        .isEqualTo(new Reading.Invalid<>("lacks 'more[0]'"));
    assertThat(read("{\"inner\":{\"name\":\"x\"},\"sure\":true}", Outer.class))
        .isEqualTo(new Reading.Valid<>(new Outer(new Inner("x"), null, true), null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "{\"a\":", "[", "{\"a\":[", "{\"a\":{},", "{\"", "{}", "```json\n"})
  @Timeout(20)
  void staysQuickAndShallowOnAMegabyteOfTheSame(String part) {
    String text = part.repeat(1_000_000 / part.length());

    assertThat(read(text, Note.class)).isInstanceOf(Reading.Invalid.class);
  }

  @Property(tries = 300)
  void neverThrowsWhateverTheTextIs(@ForAll String text) {
    assertThat(read("{\"title\":" + text, Note.class)).isInstanceOf(Reading.Invalid.class);
  }

  @Test
  void derivesTheSchemaFromTheRecord() {
    assertThat(AnswerSchema.of(question(Outer.class), SchemaLevel.FULL))
        .isEqualTo(
            """
            {"type":"object","properties":{\
            "inner":{"type":"object","properties":{"name":{"type":"string"}},"required":["name"],"additionalProperties":false},\
            "more":{"type":["array","null"],"items":{"type":"object","properties":{"name":{"type":"string"}},"required":["name"],"additionalProperties":false}},\
            "sure":{"type":["boolean","null"]}},"required":["inner","more","sure"],"additionalProperties":false}""");
  }

  @Test
  void refusesARecordThatNoSchemaCanDescribe() {
    record Wild(Map<String, Object> anything) {}

    assertThatThrownBy(() -> AnswerSchema.of(question(Wild.class), SchemaLevel.FULL))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Map");
  }

  private static <A extends Record> Question<A> question(Class<A> type) {
    return new Question<>(
        ModelFixture.contract(Purpose.THINK, type), ModelFixture.HEARTBEAT, "Answer.", List.of());
  }

  private <A extends Record> Reading<A> read(String text, Class<A> type) {
    return reader.read(new RawAnswer("think", text, null, 0, 0, null, null, 0, BY), question(type));
  }
}
