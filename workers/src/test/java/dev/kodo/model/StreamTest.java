package dev.kodo.model;

import static dev.kodo.model.ModelFixture.NOTE;
import static dev.kodo.model.ModelFixture.question;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.EnumSource.Mode.EXCLUDE;

import dev.kodo.model.ModelFixture.Note;
import dev.kodo.model.ModelsFile.Kind;
import dev.kodo.process.ErrorCode;
import dev.kodo.worker.JobFailure;
import dev.kodo.worker.JobRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How streams end, and what they hold besides the answer. */
@Timeout(60)
@Tag("slow")
class StreamTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final String HALF = NOTE.substring(0, 40);

  private final FakeGuard guard = FakeGuard.start();
  private final StubEndpoint endpoint = guard.provider("first");
  private final StubEndpoint second = guard.provider("second");
  private final ModelFixture fixture = new ModelFixture();

  @AfterEach
  void stop() {
    guard.close();
  }

  @ParameterizedTest
  @EnumSource(mode = EXCLUDE, names = "REHEARSAL")
  void takesCostAndCountsFromTheGuardsLastEvent(Kind kind) {
    endpoint.thenSays(NOTE, Map.of("Kodo-Cost-Usd", "0.25", "Kodo-Cost-Basis", "reported"));

    Answer<Note> answer = ask(kind);

    assertThat(answer.use().costUsd()).isEqualByComparingTo("0.25");
    assertThat(answer.use().inputTokens()).isEqualTo(100);
    assertThat(answer.use().outputTokens()).isEqualTo(20);
    assertThat(answer.use().cachedTokens()).isEqualTo(40);
    assertThat(record("cached_tokens")).isEqualTo("40");
    assertThat(record("thinking_tokens")).isNull();
    assertThat(record("cut")).isNull();
    assertThat(record("schema_level")).isEqualTo("full");
  }

  /** The whole object has come, although the stream had no end. */
  @ParameterizedTest
  @CsvSource({
    "OPENAI, timeout", "OPENAI, deadline", "OPENAI, stopped", "OPENAI, cut-off",
    "ANTHROPIC, timeout", "ANTHROPIC, cut-off", "OLLAMA, deadline", "OLLAMA, stopped"
  })
  void takesAPartForTheAnswerThatTheQuestionCanUse(Kind kind, String ended) {
    endpoint.thenIsEnded(NOTE, ended);

    assertThat(ask(kind).value().title()).isEqualTo("Tides");

    assertThat(second.received()).isEmpty();
    assertThat(fixture.states()).isEqualTo(Map.of("ask", "answered"));
  }

  @ParameterizedTest
  @CsvSource({
    "OPENAI, timeout",
    "OPENAI, cut-off",
    "OPENAI, stopped",
    "ANTHROPIC, timeout",
    "ANTHROPIC, stopped",
    "OLLAMA, cut-off",
    "OLLAMA, timeout"
  })
  void callsAPartUnknownThatTheQuestionCannotUse(Kind kind, String ended) {
    endpoint.thenIsEnded(HALF, ended);
    JobRun job = fixture.job();
    Models models = fixture.asking(kind, LONG, endpoint);

    assertUnknown(models, job, "before anything of use was in it");
    assertUnknown(models, fixture.runs.again(job), "not repeated");

    assertThat(endpoint.received()).as("no repair after a time-out").hasSize(1);
    assertThat(fixture.states()).isEqualTo(Map.of("ask", "unknown"));
    assertThat(record("cut")).isEqualTo(requireNonNull(Cut.of(ended)).word());
    assertThat(record("output_tokens")).isEqualTo("20");
  }

  @Test
  void readsTheGuardsEventBehindOneThatWasLeftOpen() {
    endpoint.then(
        (exchange, streams) -> {
          StubStream stream = StubStream.at(exchange.getRequestURI().getPath());
          String open = stream.text(NOTE).written().stripTrailing() + "\n";
          exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write(open.getBytes(StandardCharsets.UTF_8));
          exchange
              .getResponseBody()
              .write(
                  ("event: kodo\ndata: " + StubEndpoint.ending("timeout", Map.of()) + "\n\n")
                      .getBytes(StandardCharsets.UTF_8));
          exchange.close();
        });

    Answer<Note> answer = ask(Kind.OPENAI);

    assertThat(answer.value().title()).isEqualTo("Tides");
    assertThat(answer.use().outputTokens()).isEqualTo(20);
  }

  @Test
  void asksTheNextProviderAfterATimeOutButNobodyAfterTheDeadline() {
    endpoint.thenIsEnded(HALF, "timeout").thenIsEnded(HALF, "deadline");
    second.thenSays(NOTE).thenSays(NOTE);
    Models models = fixture.asking(LONG, endpoint, second);

    assertThat(models.ask(fixture.job(), question("The sea")).use().provider()).isEqualTo("second");
    assertUnknown(models, fixture.job(), Cut.DEADLINE.fault());

    assertThat(second.received()).hasSize(1);
    assertThat(models.status())
        .extracting(ProviderStatus::lastFailure)
        .as("the deadline is nobody's fault")
        .first()
        .asString()
        .contains(Cut.TIME.fault());
  }

  @Test
  void asksNobodyElseWhenTheDeadlinePassedBeforeTheFirstWord() {
    endpoint.thenRefuses(
        504,
        Map.of(
            "Kodo-Guard",
            "deadline-passed",
            "Kodo-Cost-Usd",
            "0.1",
            "Kodo-Cost-Basis",
            "worst-case"),
        "{}");
    second.thenSays(NOTE);
    Models models = fixture.asking(LONG, endpoint, second);

    assertUnknown(models, fixture.job(), "deadline-passed");

    assertThat(second.received()).isEmpty();
    assertThat(models.status()).extracting(ProviderStatus::breaker).containsOnly("closed");
    assertThat(models.status().getFirst().lastFailure()).isNull();
  }

  @Test
  void forgetsACallThatTheGuardNeverMadeBecauseTheDeadlineHadPassed() {
    endpoint.thenTheGuardRefuses(504, "deadline-passed", "");
    second.thenSays(NOTE);
    Models models = fixture.asking(LONG, endpoint, second);

    assertThatThrownBy(() -> models.ask(fixture.job(), question("The sea")))
        .isInstanceOfSatisfying(
            JobFailure.class,
            failure ->
                assertThat(failure.meaning())
                    .isEqualTo(new JobFailure.Meaning.Throw(ErrorCode.MODEL_UNAVAILABLE)));

    assertThat(second.received()).isEmpty();
    assertThat(fixture.states()).isEqualTo(Map.of("ask", "refused"));
  }

  @ParameterizedTest
  @EnumSource(mode = EXCLUDE, names = "REHEARSAL")
  void repairsAnAnswerThatReachedItsBound(Kind kind) {
    endpoint.thenIsCutOffAfter(HALF).thenSays(NOTE);

    ask(kind);

    assertThat(fixture.states()).isEqualTo(Map.of("ask", "invalid", "repair", "repaired"));
    assertThat(record("cut")).isEqualTo("bound");
  }

  @ParameterizedTest
  @EnumSource(mode = EXCLUDE, names = "REHEARSAL")
  void keepsThoughtsOutOfTheAnswer(Kind kind) {
    endpoint.thenStreams(
        at ->
            at.thought("reasoning_content", "{\"title\":\"A thought\"}")
                .text(NOTE)
                .finish(false, "20")
                .kodo(StubEndpoint.ending("complete", Map.of())));

    assertThat(ask(kind).value().title()).isEqualTo("Tides");
  }

  @ParameterizedTest
  @ValueSource(strings = {"reasoning_content", "reasoning", "thinking"})
  void asksOnceMoreWithAllRoomWhenItWasCutInAThought(String field) {
    endpoint.thenStreams(
        at ->
            at.thought(field, "Let me see.")
                .finish(true, "20")
                .kodo(StubEndpoint.ending("complete", Map.of())));
    assertAskedWithAllRoom(Kind.OPENAI);
  }

  @ParameterizedTest
  @CsvSource({"ANTHROPIC", "OLLAMA"})
  void knowsThoughtsInEachFormat(Kind kind) {
    endpoint.thenStreams(
        at ->
            at.thought("", "Let me see.")
                .finish(true, "20")
                .kodo(StubEndpoint.ending("complete", Map.of())));
    assertAskedWithAllRoom(kind);
  }

  @ParameterizedTest
  @ValueSource(strings = {"<think>Let me see. {\"title\":", "<thi", " \n<think>\n"})
  void asksOnceMoreWithAllRoomWhenAThoughtInTheTextHasNoEnd(String text) {
    endpoint.thenIsCutOffAfter(text);
    assertAskedWithAllRoom(Kind.OPENAI);
  }

  @Test
  void asksOnceMoreWithAllRoomWhenOnlyTheCountsTellOfThoughts() {
    String hidden =
        StubEndpoint.ending("complete", Map.of())
            .replace("\"thinking_tokens\":null", "\"thinking_tokens\":20");
    endpoint.thenStreams(at -> at.finish(true, "20").kodo(hidden));
    assertAskedWithAllRoom(Kind.OPENAI);
    assertThat(record("thinking_tokens")).isEqualTo("20");
  }

  private void assertAskedWithAllRoom(Kind kind) {
    endpoint.thenSays(NOTE);
    JobRun job = fixture.job();
    Models models = fixture.asking(kind, LONG, endpoint);

    Answer<Note> answer = models.ask(job, question("The sea"));

    assertThat(answer.value().title()).isEqualTo("Tides");
    assertThat(answer.use().outputTokens()).isEqualTo(40);
    assertThat(endpoint.received().get(0).header("Kodo-Room")).isNull();
    assertThat(endpoint.received().get(1).header("Kodo-Room")).isEqualTo("all");
    assertThat(endpoint.received().get(1).header("Kodo-Call"))
        .isEqualTo(job.effectKey("ask-all").text());
    assertThat(fixture.states()).isEqualTo(Map.of("ask", "invalid", "ask-all", "answered"));
    assertThat(models.ask(fixture.runs.again(job), question("The sea"))).isEqualTo(answer);
    assertThat(endpoint.received()).hasSize(2);
  }

  @Test
  void saysThatAThoughtUsedUpAllRoom() {
    for (int i = 0; i < 4; i++) {
      endpoint.thenIsCutOffAfter("<think>And again.");
    }

    assertThatThrownBy(() -> ask(Kind.OPENAI))
        .isInstanceOfSatisfying(
            JobFailure.class,
            failure ->
                assertThat(failure.meaning())
                    .isEqualTo(new JobFailure.Meaning.Throw(ErrorCode.MODEL_ANSWER_INVALID)));
    assertThat(fixture.states().keySet())
        .containsExactlyInAnyOrder("ask", "ask-all", "repair", "repair-all");
  }

  @ParameterizedTest
  @EnumSource(mode = EXCLUDE, names = "REHEARSAL")
  void keepsWhatCameBeforeTheGuardItselfWentAway(Kind kind) {
    for (String text : List.of(NOTE, HALF)) {
      endpoint.then(
          (exchange, streams) -> {
            String written = StubStream.at(exchange.getRequestURI().getPath()).text(text).written();
            exchange.sendResponseHeaders(200, 1_000_000);
            exchange.getResponseBody().write(written.getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            exchange.close();
          });
    }
    Models models = fixture.asking(kind, LONG, endpoint);

    Answer<Note> answer = models.ask(fixture.job(), question("The sea"));
    assertThat(answer.value().title()).isEqualTo("Tides");
    assertThat(answer.use().costUsd()).as("nobody said").isNull();
    assertUnknown(models, fixture.job(), Cut.LINE.fault());
  }

  @Test
  void leavesTheConnectionAtOnceWhenTheJobIsNoLongerWanted() throws InterruptedException {
    CountDownLatch left = new CountDownLatch(1);
    endpoint.then(
        (exchange, streams) -> {
          exchange.sendResponseHeaders(200, 0);
          String beginning = StubStream.at(exchange.getRequestURI().getPath()).text(HALF).written();
          exchange.getResponseBody().write(beginning.getBytes(StandardCharsets.UTF_8));
          try {
            while (guard.isOpen()) {
              exchange.getResponseBody().write("data: {}\n\n".getBytes(StandardCharsets.UTF_8));
              exchange.getResponseBody().flush();
              LockSupport.parkNanos(5_000_000);
            }
          } catch (IOException gone) {
            left.countDown();
          }
        });
    Models models = fixture.asking(LONG, endpoint);
    JobRun job = fixture.job();
    Thread worker = Thread.ofPlatform().start(() -> assertUnknown(models, job, "no longer wanted"));
    Awaitility.await().until(() -> !endpoint.received().isEmpty());

    worker.interrupt();

    assertThat(left.await(5, TimeUnit.SECONDS)).isTrue();
    worker.join();
    assertThat(fixture.states()).isEqualTo(Map.of("ask", "unknown"));
  }

  /** The guard waits for a model that loads, and ends the call itself when its time is up. */
  @Test
  void waitsLongerThanTheGuardMayWait() {
    endpoint.then(
        (exchange, streams) -> {
          LockSupport.parkNanos(Duration.ofMillis(900).toNanos());
          exchange.sendResponseHeaders(200, 0);
          StubStream stream = StubStream.at(exchange.getRequestURI().getPath());
          String whole = stream.text(NOTE).finish(false, "20").written();
          exchange.getResponseBody().write(whole.getBytes(StandardCharsets.UTF_8));
          exchange.close();
        });

    Answer<Note> answer =
        entering(Duration.ofMillis(200), LONG, true).ask(fixture.job(), question("The sea"));

    assertThat(answer.value().title()).isEqualTo("Tides");
  }

  private Models entering(Duration timeout, Duration loadTimeout, boolean streams) {
    ModelsFile.Entry entry =
        new ModelsFile.Entry(
            "first",
            Kind.OPENAI,
            "stub-model",
            endpoint.baseUrl(),
            timeout,
            4096,
            loadTimeout,
            streams);
    return fixture.models(Map.of(ModelClass.BEST, List.of(entry)), guard);
  }

  @Test
  void asksForAWholeAnswerWhereNothingStreams() {
    endpoint
        .thenIsCutOffAfter("<think>Let me see.")
        .thenSays(
            "<think>Hm.</think>" + NOTE, Map.of("Kodo-Cost-Usd", "0.5", "Kodo-Cost-Basis", "flat"));
    Models models = entering(LONG, Duration.ZERO, false);

    Answer<Note> answer = models.ask(fixture.job(), question("The sea"));

    assertThat(answer.value().title()).isEqualTo("Tides");
    assertThat(endpoint.received())
        .allSatisfy(request -> assertThat(request.body().path("stream").asBoolean()).isFalse());
    assertThat(fixture.states()).isEqualTo(Map.of("ask", "invalid", "ask-all", "answered"));
    assertThat(record("ask-all", "cost_basis")).isEqualTo("flat");
  }

  @Test
  void tellsTheGuardBoundsAndDeadline() {
    endpoint.thenSays(NOTE).thenSays(NOTE);
    Models models = fixture.asking(LONG, endpoint);
    Contract<Note> contract =
        new Contract<>(Purpose.THINK, Note.class, 300, 90, Contract.Otherwise.FAIL);
    Question<Note> bounded =
        new Question<>(contract, ModelFixture.HEARTBEAT, "Write a note.", List.of());

    models.ask(fixture.job(), bounded);
    fixture.runs.until(Instant.parse("2026-11-21T08:10:00Z"));
    models.ask(fixture.job(), bounded);

    StubEndpoint.Received free = endpoint.received().get(0);
    assertThat(free.body().path("max_tokens").asInt()).isEqualTo(300);
    assertThat(free.header("Kodo-Least-Answer")).isEqualTo("90");
    assertThat(free.header("Kodo-Deadline")).isNull();
    assertThat(endpoint.received().get(1).header("Kodo-Deadline"))
        .isEqualTo("2026-11-21T08:10:00Z");
  }

  @ParameterizedTest
  @CsvSource({"422, too-slow", "504, provider-timeout", "504, deadline-passed"})
  void leavesToATableWhatCannotBeReadInTime(int status, String code) {
    endpoint.thenTheGuardRefuses(status, code, "");
    assertLeftToTheTable(code);
    assertThat(endpoint.received()).hasSize(1);
  }

  @Test
  void leavesToATableWhatWasCutOrDoesNotFit() {
    endpoint.thenIsEnded(HALF, "timeout");
    assertLeftToTheTable(Cut.TIME.fault());
    assertThat(endpoint.received()).as("no repair after a time-out").hasSize(1);

    endpoint.thenSays("no").thenSays("no, again");
    assertLeftToTheTable("also after one repair");
    assertThat(endpoint.received()).hasSize(3);
  }

  private void assertLeftToTheTable(String reason) {
    Contract<Note> contract =
        new Contract<>(Purpose.THINK, Note.class, 300, 90, Contract.Otherwise.TABLE);
    Question<Note> choice = new Question<>(contract, ModelFixture.HEARTBEAT, "Choose.", List.of());
    assertThatThrownBy(() -> fixture.asking(LONG, endpoint).ask(fixture.job(), choice))
        .isInstanceOfSatisfying(
            JobFailure.class,
            failure ->
                assertThat(failure.meaning())
                    .isEqualTo(new JobFailure.Meaning.Throw(ErrorCode.CHOICE_UNREADABLE)))
        .hasMessageContaining(reason);
  }

  @Test
  void saysAtOnceThatAllAreTooSlowInTheGuardsOwnWords() {
    String why =
        "Expected first to read 2041 tokens and to write 230 within 118 s, but it reads 7.1 tokens a second and writes 1.0, which takes 517 s. Give it a `timeout` of 10m in models.yml.";
    endpoint.thenRefuses(
        422,
        Map.of("Kodo-Guard", "too-slow"),
        "{\"error\":{\"type\":\"kodo_guard\",\"code\":\"too-slow\",\"message\":\"%s\"}}"
            .formatted(why));

    assertThatThrownBy(() -> ask(Kind.OPENAI))
        .isInstanceOfSatisfying(
            JobFailure.class,
            failure ->
                assertThat(failure.meaning())
                    .isEqualTo(new JobFailure.Meaning.Throw(ErrorCode.MODEL_UNAVAILABLE)))
        .hasMessage("The guard refused the call (too-slow): " + why);
  }

  private Answer<Note> ask(Kind kind) {
    return fixture.asking(kind, LONG, endpoint).ask(fixture.job(), question("The sea"));
  }

  private static void assertUnknown(Models models, JobRun job, String why) {
    assertThatThrownBy(() -> models.ask(job, question("The sea")))
        .isInstanceOfSatisfying(
            JobFailure.class,
            failure ->
                assertThat(failure.meaning())
                    .isEqualTo(new JobFailure.Meaning.Throw(ErrorCode.OUTCOME_UNKNOWN)))
        .hasMessageContaining(why);
  }

  /** A column of the row of the first call. */
  private @Nullable String record(String column) {
    return record("ask", column);
  }

  private @Nullable String record(String step, String column) {
    return fixture
        .database
        .jdbc()
        .sql("select %s::text from model_call where call_id like :call".formatted(column))
        .param("call", "%:" + step)
        .query((row, number) -> Optional.ofNullable(row.getString(1)))
        .single()
        .orElse(null);
  }
}
