package dev.kodo.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kodo.model.RecordedAnswer.Outcome;
import java.lang.annotation.Annotation;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Answers of real servers, each against today's contract of its question. */
class RecordedAnswersTest {
  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.kodo.model.RecordedAnswer#all")
  void judgesAsAPersonDid(RecordedAnswer recorded) {
    Outcome outcome = judged(recorded);

    assertThat(outcome.expect()).isEqualTo(recorded.expect());
    assertThat(outcome.cut()).isEqualTo(recorded.cut());
    assertThat(outcome.value()).isEqualTo(recorded.value());
  }

  @Test
  void hasEnoughOfThemAndKeepsTheOddOnes() {
    List<RecordedAnswer> all = RecordedAnswer.all().toList();

    assertThat(all).hasSizeGreaterThanOrEqualTo(60);
    assertThat(all).extracting(RecordedAnswer::name).doesNotHaveDuplicates();
    assertThat(all)
        .extracting(RecordedAnswer::expect)
        .contains("fits", "repaired", "table", "kept", "nothing");
    assertThat(all)
        .filteredOn(RecordedAnswer::thinks)
        .hasSizeGreaterThanOrEqualTo(6)
        .filteredOn(RecordedAnswer::isCutInItsThoughts)
        .hasSizeGreaterThanOrEqualTo(2)
        .allSatisfy(each -> assertThat(each.value()).isNull());
  }

  @Test
  void letsNoThoughtReachAFile() {
    assertThat(RecordedAnswer.all().filter(RecordedAnswer::thinks))
        .extracting(RecordedAnswer::value)
        .allSatisfy(value -> assertThat(String.valueOf(value)).doesNotContain("think>"));
  }

  /** Each bound is there for an answer that a real model gave. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("bounds")
  void failsWithoutAnyOneBound(Bound bound) {
    List<String> caught =
        RecordedAnswer.all()
            .filter(recorded -> Contracts.of(recorded.purpose()).answerType() == bound.answer())
            .filter(recorded -> !judged(recorded).equals(recorded.judged(bound.weakened(recorded))))
            .map(RecordedAnswer::name)
            .toList();

    assertThat(caught).isNotEmpty();
  }

  static Stream<Bound> bounds() {
    return Stream.of(Purpose.values())
        .<Class<? extends Record>>map(purpose -> Contracts.of(purpose).answerType())
        .distinct()
        .flatMap(
            answer ->
                Stream.of(answer.getRecordComponents())
                    .flatMap(
                        component ->
                            Stream.of(component.getAnnotations())
                                .map(annotation -> new Bound(answer, component, annotation))));
  }

  record Bound(Class<? extends Record> answer, RecordComponent component, Annotation annotation) {
    Contract<?> weakened(RecordedAnswer recorded) {
      return weakened(
          Contracts.of(recorded.purpose()), WeakenedRecord.of(answer, component, annotation));
    }

    private static <A extends Record> Contract<A> weakened(
        Contract<?> contract, Class<A> weakened) {
      return new Contract<>(
          contract.purpose(), weakened, contract.bound(), contract.least(), contract.otherwise());
    }

    @Override
    public String toString() {
      return "%s.%s without %s"
          .formatted(
              answer.getSimpleName(),
              component.getName(),
              annotation.annotationType().getSimpleName());
    }
  }

  private static Outcome judged(RecordedAnswer recorded) {
    return recorded.judged(Objects.requireNonNull(Contracts.of(recorded.purpose())));
  }
}
