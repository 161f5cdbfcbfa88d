package dev.kodo.model;

import static dev.kodo.model.ModelFixture.HEARTBEAT;
import static dev.kodo.model.ModelFixture.NOTE;
import static dev.kodo.model.ModelFixture.entry;
import static dev.kodo.model.ModelFixture.question;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kodo.model.ModelFixture.Note;
import dev.kodo.model.ModelsFile.Kind;
import dev.kodo.process.ErrorCode;
import dev.kodo.worker.JobFailure;
import dev.kodo.worker.JobRun;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
@Tag("slow")
class FailoverTest {
  private static final Duration SHORT = Duration.ofMillis(400);
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final JobFailure.Meaning UNKNOWN =
      new JobFailure.Meaning.Throw(ErrorCode.OUTCOME_UNKNOWN);
  private static final JobFailure.Meaning BUDGET =
      new JobFailure.Meaning.Throw(ErrorCode.BUDGET_EXCEEDED);
  private static final JobFailure.Meaning RETRY =
      new JobFailure.Meaning.Retry(ErrorCode.MODEL_UNAVAILABLE);

  private final FakeGuard guard = FakeGuard.start();
  private final StubEndpoint first = guard.provider("first");
  private final StubEndpoint second = guard.provider("second");
  private final StubEndpoint third = guard.provider("third");
  private final ModelFixture fixture = new ModelFixture();

  @AfterEach
  void stop() {
    guard.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {501, 503, 429, 401, 402, 408})
  void asksTheNextProviderWhenOneRefuses(int status) {
    first.thenRefuses(status, "no");
    second.thenSays(NOTE);
    JobRun job = fixture.job();

    Models models = fixture.asking(LONG, first, second);
    Answer<Note> answer = models.ask(job, question("The sea"));

    assertThat(answer.use().provider()).isEqualTo("second");
    assertThat(second.received().getFirst().header("Kodo-Call"))
        .isEqualTo(job.effectKey("ask:2").text());
    assertThat(fixture.states()).isEqualTo(Map.of("ask", "refused", "ask:2", "answered"));
    assertThat(third.received()).isEmpty();
    assertThat(models.useOf("main", HEARTBEAT).calls()).as("calls that were made").isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "REHEARSAL")
  void losesOneTimeOutToAProviderThatHangs(Kind kind) {
    first.thenHangs();
    second.thenSays(NOTE);
    Models models = fixture.asking(kind, SHORT, first, second);

    Answer<Note> answer = models.ask(fixture.job(), question("The sea"));

    assertThat(answer.use().provider()).isEqualTo("second");
    assertThat(first.received()).hasSize(1);
    assertThat(second.received()).hasSize(1);
    assertThat(fixture.states()).isEqualTo(Map.of("ask", "unknown", "ask:2", "answered"));
    assertThat(models.useOf("main", HEARTBEAT).calls()).isEqualTo(2);
    assertThat(models.useOf("main", HEARTBEAT).costUsd())
        .as("nobody knows what the lost call cost")
        .isNull();
  }

  /** Prints how long a hang delays the answer; asserts no more than who was asked. */
  @Test
  void measuresWhatAHangCosts() {
    Models models = fixture.asking(SHORT, first, second);
    List<Long> beyond = new ArrayList<>();
    List<Long> ordinary = new ArrayList<>();
    for (int round = 0; round < 8; round++) {
      first.thenHangs().thenSays(NOTE);
      second.thenSays(NOTE);
      long begun = System.nanoTime();
      assertThat(asked(models)).isEqualTo("second");
      long answered = System.nanoTime();
      assertThat(asked(models)).as("its breaker stays closed").isEqualTo("first");
      beyond.add((answered - begun) / 1_000_000 - SHORT.toMillis());
      ordinary.add((System.nanoTime() - answered) / 1_000_000);
    }
    System.out.printf(
        "ms beyond the time-out, the second provider's answer included: %s; an ordinary call: %s%n",
        beyond, ordinary);
    assertThat(first.received()).hasSize(16);
    assertThat(second.received()).hasSize(8);
  }

  @Test
  void makesNoCallWhenTheJobIsDeliveredAgain() {
    first.thenRefuses(503, "no").thenSays(NOTE);
    second.thenHangs().thenSays(NOTE);
    third.thenSays(NOTE);
    Models models = fixture.asking(SHORT, first, second, third);
    JobRun job = fixture.job();

    Answer<Note> one = models.ask(job, question("The sea"));
    Answer<Note> other = models.ask(fixture.runs.again(job), question("The sea"));

    assertThat(other).isEqualTo(one);
    assertThat(one.use().provider()).isEqualTo("third");
    assertThat(Stream.of(first, second, third).map(each -> each.received().size()))
        .containsExactly(1, 1, 1);
    assertThat(fixture.states())
        .isEqualTo(Map.of("ask", "refused", "ask:2", "unknown", "ask:3", "answered"));
  }

  @Test
  void givesTheStoredAnswerAlsoWhenFewerProvidersAreLeft() {
    first.thenRefuses(503, "no").thenSays(NOTE);
    second.thenSays(NOTE);
    JobRun job = fixture.job();
    Answer<Note> one = fixture.asking(LONG, first, second).ask(job, question("The sea"));

    Answer<Note> other =
        fixture.asking(LONG, first).ask(fixture.runs.again(job), question("The sea"));

    assertThat(other).isEqualTo(one);
    assertThat(first.received()).hasSize(1);
  }

  @Test
  void goesOnBehindACallThatWasUnderWayWhenTheBodyDied() {
    second.thenSays(NOTE);
    JobRun job = fixture.job();
    fixture.startedAndDied(job, "ask");

    Answer<Note> answer =
        fixture.asking(LONG, first, second).ask(fixture.runs.again(job), question("The sea"));

    assertThat(answer.use().provider()).isEqualTo("second");
    assertThat(first.received()).isEmpty();
    assertThat(fixture.states()).isEqualTo(Map.of("ask", "unknown", "ask:2", "answered"));
  }

  @Test
  void losesNoMoreThanOneCall() {
    first.thenHangs().thenSays(NOTE);
    second.thenBreaksOff().thenSays(NOTE);
    third.thenSays(NOTE);
    Models models = fixture.asking(SHORT, first, second, third);
    JobRun job = fixture.job();

    assertThat(failure(models, job).meaning()).isEqualTo(UNKNOWN);
    assertThat(failure(models, fixture.runs.again(job)).meaning()).isEqualTo(UNKNOWN);

    assertThat(Stream.of(first, second, third).map(each -> each.received().size()))
        .containsExactly(1, 1, 0);
    assertThat(fixture.states()).isEqualTo(Map.of("ask", "unknown", "ask:2", "unknown"));
  }

  @Test
  void comesBackToTheSecondButNeverToTheLostCall() {
    first.thenHangs().thenSays(NOTE);
    second.thenRefuses(503, "no").thenSays(NOTE);
    Models models = fixture.asking(SHORT, first, second);
    JobRun job = fixture.job();

    assertThat(failure(models, job).meaning()).isEqualTo(RETRY);
    Answer<Note> answer = models.ask(fixture.runs.again(job), question("The sea"));

    assertThat(answer.use().provider()).isEqualTo("second");
    assertThat(first.received()).hasSize(1);
  }

  @Test
  void tellsOfEachProviderWhyItDidNotAnswer() {
    first.thenRefuses(503, "sleeping");
    second.thenRefuses(429, "too fast");

    JobFailure failure = failure(fixture.asking(LONG, first, second), fixture.job());

    assertThat(failure.meaning()).isEqualTo(RETRY);
    assertThat(failure.reason())
        .contains("first/stub-model", "503", "second/stub-model", "429")
        .hasSizeLessThanOrEqualTo(300);
  }

  @Test
  void repairsWhereTheAnswerCameFrom() {
    first.thenRefuses(503, "no").thenSays(NOTE);
    second.thenSays("no JSON").thenSays(NOTE);
    JobRun job = fixture.job();

    Answer<Note> answer = fixture.asking(LONG, first, second).ask(job, question("The sea"));

    assertThat(answer.use().provider()).isEqualTo("second");
    assertThat(first.received()).hasSize(1);
    assertThat(fixture.states())
        .isEqualTo(Map.of("ask", "refused", "ask:2", "invalid", "repair:2", "repaired"));
    assertThat(second.received().get(1).header("Kodo-Call"))
        .isEqualTo(job.effectKey("repair:2").text());
  }

  @Test
  void repairsElsewhereWhatWasNoAnswerAtAll() {
    first.thenSends("<html>Please log in</html>");
    second.thenSays(NOTE);

    Answer<Note> answer =
        fixture.asking(LONG, first, second).ask(fixture.job(), question("The sea"));

    assertThat(answer.use().provider()).isEqualTo("second");
    assertThat(fixture.states()).isEqualTo(Map.of("ask", "invalid", "repair:2", "repaired"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"per-day", "per-hour", "per-heartbeat", "per-agent", ""})
  void asksNobodyElseWhenABudgetIsUsedUp(String cap) {
    first.thenTheGuardRefuses(402, "budget-exceeded", cap);
    second.thenSays(NOTE);
    Models models = fixture.asking(LONG, first, second);

    JobFailure failure = failure(models, fixture.job());

    assertThat(failure.meaning()).isEqualTo(BUDGET);
    assertThat(failure.reason()).contains("budget-exceeded", cap);
    assertThat(second.received()).isEmpty();
    assertThat(fixture.states()).isEqualTo(Map.of("ask", "refused"));
    assertThat(breakers(models)).containsOnly("closed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"stated-spend", "stated-calls", "per-heartbeat"})
  void tellsTheLimitsOfAnAccountFromThoseOfTheBudget(String cap) {
    first.thenTheGuardRefuses(402, "budget-exceeded", cap);
    Question<Note> asked = question("The sea");
    Question<Note> limited =
        new Question<>(
                asked.contract(),
                "routine/news/20261121070000",
                asked.instruction(),
                asked.sections())
            .within(new Allowance(new BigDecimal("0.20"), 4));

    assertThatThrownBy(() -> fixture.asking(LONG, first, second).ask(fixture.job(), limited))
        .isInstanceOfSatisfying(
            JobFailure.class,
            failure ->
                assertThat(failure.meaning())
                    .isEqualTo(new JobFailure.Meaning.Throw(ErrorCode.LIMIT_REACHED)));
    assertThat(second.received()).isEmpty();
    assertThat(first.received())
        .singleElement()
        .satisfies(
            call -> {
              assertThat(call.header("Kodo-Heartbeat")).isEqualTo("routine/news/20261121070000");
              assertThat(call.header("Kodo-Heartbeat-Cap")).isEqualTo("0.20");
              assertThat(call.header("Kodo-Heartbeat-Calls")).isEqualTo("4");
            });
  }

  @Test
  void asksACheaperProviderWhenOneCallMayCostTooMuch() {
    first.thenTheGuardRefuses(402, "budget-exceeded", "per-call");
    second.thenSays(NOTE);

    Answer<Note> answer =
        fixture.asking(LONG, first, second).ask(fixture.job(), question("The sea"));

    assertThat(answer.use().provider()).isEqualTo("second");
  }

  @Test
  void namesTheBudgetWhenTheCallIsTooDearEverywhere() {
    first.thenTheGuardRefuses(402, "budget-exceeded", "per-call");
    second.thenTheGuardRefuses(402, "budget-exceeded", "per-call");

    assertThat(failure(fixture.asking(LONG, first, second), fixture.job()).meaning())
        .isEqualTo(BUDGET);
  }

  @ParameterizedTest
  @CsvSource({"503, stopped", "503, busy", "503, ledger-unavailable", "503, books-taken"})
  void waitsForTheGuardItself(int status, String code) {
    first.thenTheGuardRefuses(status, code, "").thenSays(NOTE);
    Models models = fixture.asking(LONG, first, second);
    JobRun job = fixture.job();

    assertThat(failure(models, job).meaning()).isEqualTo(RETRY);
    assertThat(second.received()).isEmpty();
    assertThat(models.ask(fixture.runs.again(job), question("The sea")).use().provider())
        .isEqualTo("first");
  }

  @ParameterizedTest
  @CsvSource({
    "403, layer-0-missing",
    "403, field-refused",
    "401, caller-unknown",
    "400, call-malformed",
    "422, bound-missing"
  })
  void makesAnIncidentOfTheBodysOwnFaults(int status, String code) {
    for (int i = 0; i < Breaker.FAILURES; i++) {
      first.thenTheGuardRefuses(status, code, "");
    }
    Models models = fixture.asking(LONG, first, second);

    for (int i = 0; i < Breaker.FAILURES; i++) {
      assertThat(failure(models, fixture.job()).meaning())
          .isEqualTo(new JobFailure.Meaning.Retry(null));
    }
    assertThat(second.received()).isEmpty();
    assertThat(breakers(models)).containsOnly("closed");
  }

  @Test
  void asksTheNextProviderWhenTheGuardCannotReachOne() {
    first.thenTheGuardRefuses(502, "provider-unreachable", "");
    second.thenSays(NOTE);

    Answer<Note> answer =
        fixture.asking(LONG, first, second).ask(fixture.job(), question("The sea"));

    assertThat(answer.use().provider()).isEqualTo("second");
    assertThat(fixture.states()).isEqualTo(Map.of("ask", "refused", "ask:2", "answered"));
  }

  @ParameterizedTest
  @CsvSource({"504, provider-timeout", "502, provider-garbled"})
  void takesACallForLostThatTheGuardGaveUpAndKnowsItsCost(int status, String code) {
    first.thenRefuses(
        status,
        Map.of("Kodo-Guard", code, "Kodo-Cost-Usd", "0.25", "Kodo-Cost-Basis", "worst-case"),
        "{}");
    second.thenSays(NOTE, Map.of("Kodo-Cost-Usd", "0.5", "Kodo-Cost-Basis", "reported"));
    Models models = fixture.asking(LONG, first, second);

    models.ask(fixture.job(), question("The sea"));

    assertThat(fixture.states()).isEqualTo(Map.of("ask", "unknown", "ask:2", "answered"));
    assertThat(models.useOf("main", HEARTBEAT).costUsd()).isEqualByComparingTo("0.75");
  }

  @Test
  void addsWhatErrorsCost() {
    Map<String, String> charged = Map.of("Kodo-Cost-Usd", "0.1", "Kodo-Cost-Basis", "flat");
    first.thenRefuses(503, charged, "no").thenRefuses(503, charged, "no").thenSays(NOTE, charged);
    Models models = fixture.asking(LONG, first);
    JobRun job = fixture.job();

    failure(models, job);
    failure(models, fixture.runs.again(job));
    assertThat(models.useOf("main", HEARTBEAT).calls()).as("an error that was billed").isEqualTo(1);
    models.ask(fixture.runs.again(job), question("The sea"));

    assertThat(models.useOf("main", HEARTBEAT).costUsd()).isEqualByComparingTo("0.3");
    assertThat(models.useOf("main", HEARTBEAT).calls()).isEqualTo(1);
  }

  @Test
  void leavesAFailingProviderAloneAndTriesItAgainLater() {
    for (int i = 0; i < Breaker.FAILURES; i++) {
      first.thenRefuses(503, "no");
    }
    first.thenRefuses(503, "still no").thenSays(NOTE);
    for (int i = 0; i < Breaker.FAILURES + 2; i++) {
      second.thenSays(NOTE);
    }
    Models models = fixture.asking(LONG, first, second);
    for (int i = 0; i < Breaker.FAILURES; i++) {
      assertThat(asked(models)).isEqualTo("second");
    }
    assertThat(breakers(models)).containsExactly("open", "closed");
    assertThat(models.status().getFirst().lastFailure())
        .startsWith("2026-11-21T08:00:00Z ")
        .contains("HTTP 503");

    assertThat(asked(models)).isEqualTo("second");
    assertThat(first.received()).as("left alone").hasSize(Breaker.FAILURES);

    fixture.clock.advance(Breaker.OPEN_FOR.plusMillis(1));
    assertThat(breakers(models)).containsExactly("half-open", "closed");
    assertThat(asked(models)).isEqualTo("second");
    assertThat(first.received()).as("one trial").hasSize(Breaker.FAILURES + 1);
    assertThat(breakers(models)).containsExactly("open", "closed");

    fixture.clock.advance(Breaker.OPEN_FOR.plusMillis(1));
    assertThat(asked(models)).isEqualTo("first");
    assertThat(breakers(models)).containsExactly("closed", "closed");
  }

  @Test
  void letsTheEngineWaitWhenAllProvidersRest() {
    first.thenRefuses(429, Map.of("Retry-After", "3"), "no");
    second.thenRefuses(503, Map.of("Retry-After", "100000"), "no");
    Models models = fixture.asking(LONG, first, second);

    JobFailure failure = failure(models, fixture.job());
    fixture.clock.advance(Duration.ofSeconds(1));
    JobFailure resting = failure(models, fixture.job());

    assertThat(failure.meaning())
        .isEqualTo(
            new JobFailure.Meaning.Retry(ErrorCode.MODEL_UNAVAILABLE, Duration.ofMillis(3001)));
    assertThat(resting.meaning())
        .isEqualTo(
            new JobFailure.Meaning.Retry(ErrorCode.MODEL_UNAVAILABLE, Duration.ofMillis(2001)));
    assertThat(resting.reason()).contains("left alone");
    assertThat(first.received()).hasSize(1);
    assertThat(fixture.states()).as("who is left alone is not asked").hasSize(2);

    fixture.clock.advance(Breaker.LONGEST_REST.minusSeconds(2));
    assertThat(breakers(models)).containsExactly("half-open", "open");
    fixture.clock.advance(Duration.ofSeconds(2));
    assertThat(breakers(models)).containsExactly("half-open", "half-open");
  }

  @Test
  void asksTheClassThatTheJobNames() {
    first.thenSays(NOTE);
    second.thenSays(NOTE);
    Models models =
        fixture.models(
            Map.of(
                ModelClass.BEST, List.of(entry(Kind.OPENAI, LONG, first)),
                ModelClass.CHEAP, List.of(entry(Kind.OLLAMA, LONG, second))),
            guard);

    fixture.runs.asking("cheap");
    assertThat(asked(models)).isEqualTo("second");
    fixture.runs.asking("best");
    assertThat(asked(models)).isEqualTo("first");

    for (String wrong : List.of("minimal", "bset")) {
      fixture.runs.asking(wrong);
      JobFailure failure = failure(models, fixture.job());
      assertThat(failure.meaning()).isEqualTo(new JobFailure.Meaning.Retry(null));
      assertThat(failure.reason()).contains("modelClass", wrong);
    }
  }

  @Test
  void sharesOneBreakerBetweenClasses() {
    for (int i = 0; i < Breaker.FAILURES; i++) {
      first.thenRefuses(503, "no");
    }
    Models models =
        fixture.models(
            Map.of(
                ModelClass.BEST, List.of(entry(Kind.OPENAI, LONG, first)),
                ModelClass.CHEAP, List.of(entry(Kind.OPENAI, LONG, first))),
            guard);

    for (int i = 0; i < Breaker.FAILURES; i++) {
      failure(models, fixture.job());
    }

    assertThat(models.status()).extracting(ProviderStatus::modelClass).contains("best", "cheap");
    assertThat(breakers(models)).containsOnly("open");
  }

  private String asked(Models models) {
    return models.ask(fixture.job(), question("The sea")).use().provider();
  }

  private static JobFailure failure(Models models, JobRun job) {
    return catchThrowableOfType(JobFailure.class, () -> models.ask(job, question("The sea")));
  }

  private static List<String> breakers(Models models) {
    return models.status().stream().map(ProviderStatus::breaker).toList();
  }
}
