package dev.kodo.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the rehearsal says fits the contracts as it is: nothing is cut, shortened or repaired. */
class RehearsedContractsTest {
  private static final String TIDES =
      """
      # Life between the tides

      The shore between high and low water belongs to the sea for half a day and to the land for the other half.
      Barnacles, mussels and crabs that live there must bear sun, rain and waves within a few hours. Every animal of
      the shore has a way of keeping water. Mussels close their shells, barnacles shut their plates, and crabs hide
      under wet weed. None of them can leave when the water leaves. What can a city learn from the shore?
      """;

  private static final String KONBU =
      """
      # 潮だまりの生きもの

      潮が引くと、岩のくぼみに小さな海が残る。そこは潮だまりと呼ばれ、数時間だけ外の海から切り離される。
      水温は日差しで上がり、雨が降れば塩分は薄くなる。それでもフジツボやカニやハゼは、そこで次の満潮を待つ。
      生きものたちは、環境が変わることを前提に暮らしている。人の町は潮だまりから何を学べるだろうか。
      """;

  private final RehearsalModel rehearsal = new RehearsalModel(Script.of(null), ModelFixture.JSON);

  static Stream<Arguments> questions() {
    return Stream.of(TIDES, KONBU)
        .flatMap(theme -> Stream.of(Purpose.values()).map(purpose -> Arguments.of(purpose, theme)));
  }

  @ParameterizedTest
  @MethodSource("questions")
  void fitsAsItIs(Purpose purpose, String theme) {
    RawAnswer said = ask(Contracts.of(purpose), theme);

    assertThat(valid(Contracts.of(purpose), theme, said))
        .isInstanceOfSatisfying(
            Reading.Valid.class,
            valid -> {
              assertThat(valid.cut()).isNull();
              assertThat(withoutLastLineBreaks(valid.value()))
                  .isEqualTo(withoutLastLineBreaks(plain(Contracts.of(purpose), said)));
            });
  }

  private static String withoutLastLineBreaks(Object answer) {
    return String.valueOf(answer).replaceAll("\\n+(?=[,\\]])", "");
  }

  private <A extends Record> RawAnswer ask(Contract<A> contract, String theme) {
    return rehearsal.reply(new ModelCall("key", ModelFixture.JOB, question(contract, theme), null));
  }

  private static <A extends Record> Reading<A> valid(
      Contract<A> contract, String theme, RawAnswer said) {
    return new AnswerReader().read(said, question(contract, theme));
  }

  private static <A extends Record> A plain(Contract<A> contract, RawAnswer said) {
    try {
      return ModelFixture.JSON.readValue(said.text(), contract.answerType());
    } catch (JsonProcessingException unreadable) {
      throw new AssertionError(unreadable);
    }
  }

  private static <A extends Record> Question<A> question(Contract<A> contract, String theme) {
    return new Question<>(
            contract,
            ModelFixture.HEARTBEAT,
            contract.words(),
            List.of(
                new Section("Theme", theme),
                new Section("Question", "Is it true?"),
                new Section("Answers", "yes\nno"),
                new Section("Routine", "Tell what is new."),
                new Section("Evidence", "beats closed: 3\nfailed: 0")))
        .offering("activity", List.of("think", "observe", "create", "introspect"))
        .offering("choice", List.of("yes", "no"))
        .offering("arrangement", List.of("one-expert", "several-experts"));
  }
}
