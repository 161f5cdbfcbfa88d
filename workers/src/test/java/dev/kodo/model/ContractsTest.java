package dev.kodo.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for the contracts of all questions. */
class ContractsTest {
  /** From here on some servers fail to read the schema, or drop the length in silence. */
  private static final int TOO_LONG_FOR_SOME_SERVERS = 1_000;

  @ParameterizedTest
  @EnumSource(Purpose.class)
  void namesEachPropertyOnceInItsOrderWithItsBound(Purpose purpose) {
    Contract<?> contract = Contracts.of(purpose);
    String words = contract.words().replace("{choice}", "- `choice`: exactly one of the lines.\n");

    List<String> told =
        words
            .lines()
            .filter(line -> line.startsWith("- `"))
            .map(line -> line.replaceFirst("^- `(\\w+)`.*", "$1"))
            .toList();
    assertThat(told)
        .containsExactlyElementsOf(
            Stream.of(contract.answerType().getRecordComponents())
                .map(RecordComponent::getName)
                .toList());
    for (RecordComponent component : contract.answerType().getRecordComponents()) {
      String line =
          words
              .lines()
              .filter(each -> each.startsWith("- `" + component.getName()))
              .findFirst()
              .orElseThrow();
      longest(component).ifPresent(longest -> assertThat(words).contains(longest + " characters"));
      assertThat(line).isNotBlank();
    }
  }

  @ParameterizedTest
  @EnumSource(Purpose.class)
  void boundsEveryPropertyAndPutsTheBodyLast(Purpose purpose) throws JsonProcessingException {
    Contract<?> contract = Contracts.of(purpose);
    RecordComponent[] components = contract.answerType().getRecordComponents();
    for (RecordComponent component : components) {
      assertThat(component.getAnnotations()).as("bounds of %s", component.getName()).hasSize(1);
      boolean last = component == components[components.length - 1];
      assertThat(component.isAnnotationPresent(Body.class))
          .as("the body is last: %s", component.getName())
          .isEqualTo(last && contract.otherwise() != Contract.Otherwise.TABLE);
    }
    JsonNode schema =
        ModelFixture.JSON.readTree(AnswerSchema.of(question(contract), SchemaLevel.FULL));
    assertThat(schema.toString()).doesNotContain("minLength", "pattern");
    schema
        .findValues("maxLength")
        .forEach(length -> assertThat(length.intValue()).isLessThan(TOO_LONG_FOR_SOME_SERVERS));
    assertThat(AnswerSchema.of(question(contract), SchemaLevel.PLAIN))
        .doesNotContain("maxLength", "minimum", "maximum");
    assertThat(contract.bound()).isLessThanOrEqualTo(900);
  }

  @ParameterizedTest
  @EnumSource(Purpose.class)
  void offersWhatIsPermittedNow(Purpose purpose) throws JsonProcessingException {
    Contract<?> contract = Contracts.of(purpose);
    Stream.of(contract.answerType().getRecordComponents())
        .filter(component -> component.isAnnotationPresent(Choice.class))
        .map(RecordComponent::getName)
        .forEach(
            choice -> {
              Question<?> question = question(contract).offering(choice, List.of("this", "that"));
              assertThat(AnswerSchema.of(question, SchemaLevel.PLAIN))
                  .contains("\"enum\":[\"this\",\"that\"");
            });
    if (purpose == Purpose.CHOOSE_ACTIVITY) {
      JsonNode schema =
          ModelFixture.JSON.readTree(
              AnswerSchema.of(question(contract).atMost("minutes", 60), SchemaLevel.FULL));
      assertThat(schema.at("/properties/minutes/maximum").intValue()).isEqualTo(60);
      assertThat(schema.at("/properties/minutes/minimum").intValue()).isZero();
    }
    if (purpose == Purpose.ASK) {
      assertThat(AnswerSchema.of(question(contract), SchemaLevel.FULL)).doesNotContain("choice");
    }
  }

  private static <A extends Record> Question<A> question(Contract<A> contract) {
    return new Question<>(contract, ModelFixture.HEARTBEAT, contract.words(), List.of());
  }

  private static OptionalInt longest(RecordComponent component) {
    Brief brief = component.getAnnotation(Brief.class);
    Title title = component.getAnnotation(Title.class);
    return brief != null
        ? OptionalInt.of(brief.longest())
        : title != null ? OptionalInt.of(title.longest()) : OptionalInt.empty();
  }
}
