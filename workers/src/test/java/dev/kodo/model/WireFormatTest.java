package dev.kodo.model;

import static dev.kodo.model.ModelFixture.HEARTBEAT;
import static dev.kodo.model.ModelFixture.NOTE;
import static dev.kodo.model.ModelFixture.question;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.EnumSource.Mode.EXCLUDE;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kodo.model.ModelFixture.Note;
import dev.kodo.model.ModelsFile.Kind;
import dev.kodo.process.ErrorCode;
import dev.kodo.worker.CallRefused;
import dev.kodo.worker.JobFailure;
import dev.kodo.worker.JobRun;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for each wire format alike. */
@Timeout(60)
@Tag("slow")
class WireFormatTest {
  private static final Duration SHORT = Duration.ofMillis(400);
  private static final Duration LONG = Duration.ofSeconds(20);

  private final StubEndpoint endpoint = StubEndpoint.start();
  private final ModelFixture fixture = new ModelFixture();

  @AfterEach
  void stop() {
    endpoint.close();
  }

  @ParameterizedTest
  @EnumSource(mode = EXCLUDE, names = "REHEARSAL")
  void leadsWithTheConstitutionAndBoundsTheAnswer(Kind kind) {
    endpoint.thenSays(NOTE);

    Answer<Note> answer = ask(kind);

    StubEndpoint.Received request = endpoint.received().getFirst();
    assertThat(answer.value().title()).isEqualTo("Tides");
    assertThat(answer.use().inputTokens()).isEqualTo(100);
    assertThat(answer.use().outputTokens()).isEqualTo(20);
    assertThat(request.path()).isEqualTo("/models/stub/" + path(kind));
    assertThat(request.body().path("model").asText()).isEqualTo("stub-model");
    assertThat(system(kind, request.body()))
        .startsWith(FakeGuard.CONSTITUTION)
        .contains("never an instruction");
    assertThat(bound(kind, request.body())).isEqualTo(4096);
    assertThat(request.body().path("stream").asBoolean()).isTrue();
  }

  /** The guard refuses each field that it does not know: it could cost money. */
  @ParameterizedTest
  @EnumSource(mode = EXCLUDE, names = "REHEARSAL")
  void sendsNoFieldThatIsNotDocumented(Kind kind) {
    endpoint.thenSays("no").thenSays(NOTE);

    ask(kind);

    assertThat(endpoint.received())
        .allSatisfy(request -> assertThat(names(request.body())).isEqualTo(fields(kind)));
  }

  @ParameterizedTest
  @EnumSource(mode = EXCLUDE, names = "REHEARSAL")
  void tellsTheGuardWhoAsksAndWhy(Kind kind) {
    endpoint.thenSays(NOTE);
    JobRun job = fixture.job();

    fixture.asking(kind, LONG, endpoint).ask(job, question("The sea"));

    StubEndpoint.Received request = endpoint.received().getFirst();
    String token =
        kind == Kind.ANTHROPIC
            ? "Bearer " + request.header("x-api-key")
            : request.header("Authorization");
    assertThat(token).isEqualTo("Bearer " + FakeGuard.TOKEN);
    assertThat(request.header("Kodo-Call")).isEqualTo(job.effectKey("ask").text());
    assertThat(request.header("Kodo-Agent")).isEqualTo("main");
    assertThat(request.header("Kodo-Heartbeat")).isEqualTo(HEARTBEAT);
    assertThat(request.header("Kodo-Process")).isEqualTo("test");
    assertThat(request.header("Kodo-Element")).isEqualTo("Task_Test");
    assertThat(request.header("Kodo-Purpose")).isEqualTo("think");
    assertThat(request.header("Content-Type")).startsWith("application/json");
  }

  @ParameterizedTest
  @EnumSource(mode = EXCLUDE, names = "REHEARSAL")
  void takesTheCostFromTheGuard(Kind kind) {
    endpoint
        .thenSays("no", cost("0.000123", "reported"))
        .thenSays(NOTE, cost("0.000002", "estimated"));

    Answer<Note> answer = ask(kind);

    assertThat(answer.use().costUsd()).isEqualByComparingTo("0.000125");
    assertThat(bases()).isEqualTo(Map.of("ask", "reported", "repair", "estimated"));
  }

  @ParameterizedTest
  @CsvSource({
    "OPENAI, -1",
    "ANTHROPIC, 1e400",
    "OLLAMA, NaN",
    "OPENAI, 99999999999999999999",
    "OPENAI, 0.1 USD"
  })
  void callsACostUnknownThatIsNoAmount(Kind kind, String amount) {
    endpoint.thenSays(NOTE, cost(amount, "reported"));

    assertThat(ask(kind).use().costUsd()).isNull();
  }

  @ParameterizedTest
  @EnumSource(mode = EXCLUDE, names = "REHEARSAL")
  void neverRepeatsACallThatHangsOrDripsOrIsCut(Kind kind) {
    endpoint.thenHangs().thenDrips().thenBreaksOff();
    Models models = fixture.asking(kind, SHORT, endpoint);

    for (String what : List.of("did not answer within", "did not answer within", "broke off")) {
      JobRun job = fixture.job();
      assertThatThrownBy(() -> models.ask(job, question("The sea")))
          .isInstanceOfSatisfying(JobFailure.class, WireFormatTest::isUnknown)
          .hasMessageContaining(what);
    }
    assertThat(endpoint.received()).hasSize(3);
  }

  @ParameterizedTest
  @EnumSource(mode = EXCLUDE, names = "REHEARSAL")
  void triesOnceAndLeavesTheWaitingToTheEngine(Kind kind) {
    endpoint
        .thenRefuses(503, "out of order")
        .thenRefuses(429, Map.of("Retry-After", "7"), "slowly")
        .thenSays(NOTE);
    Models models = fixture.asking(kind, LONG, endpoint);
    JobRun job = fixture.job();

    assertThat(backOff(models, job)).isEqualTo(Duration.ZERO);
    assertThat(backOff(models, job)).isEqualTo(Duration.ofMillis(7001));
    assertThat(endpoint.received()).hasSize(2);

    fixture.clock.advance(Duration.ofMillis(7001));
    assertThat(models.ask(fixture.runs.again(job), question("The sea")).value().title())
        .isEqualTo("Tides");
  }

  @ParameterizedTest
  @EnumSource(mode = EXCLUDE, names = "REHEARSAL")
  void readsADateAfterWhichToTryAgain(Kind kind) {
    endpoint.thenRefuses(429, Map.of("Retry-After", "Sat, 21 Nov 2026 08:00:05 GMT"), "slowly");

    assertThat(backOff(fixture.asking(kind, LONG, endpoint), fixture.job()))
        .isEqualTo(Duration.ofMillis(5001));
  }

  @ParameterizedTest
  @EnumSource(mode = EXCLUDE, names = "REHEARSAL")
  void repairsGarbageAndGivesUpMegabytes(Kind kind) {
    endpoint
        .thenSends("<html>no</html>")
        .thenSays(NOTE)
        .thenSays("x".repeat(1_100_000))
        .thenSends("[]");
    Models models = fixture.asking(kind, LONG, endpoint);

    assertThat(models.ask(fixture.job(), question("The sea")).value().title()).isEqualTo("Tides");
    assertThatThrownBy(() -> models.ask(fixture.job(), question("The sea")))
        .hasMessageContaining("is not a chat completion");
    assertThat(endpoint.received()).hasSize(4);
    assertThat(endpoint.received().get(3).body().toString()).contains("model.max-answer-size");
  }

  @ParameterizedTest
  @CsvSource({
    "OPENAI, -5",
    "OPENAI, '\"many\"'",
    "OPENAI, 99999999999",
    "OPENAI, null",
    "ANTHROPIC, -5",
    "ANTHROPIC, '\"many\"'",
    "ANTHROPIC, 99999999999",
    "ANTHROPIC, '{}'",
    "OLLAMA, -5",
    "OLLAMA, '\"many\"'",
    "OLLAMA, 1.5",
    "OLLAMA, '[1]'"
  })
  void keepsAnAnswerWhoseUsageMakesNoSense(Kind kind, String count) {
    endpoint.thenSaysAndCounts(NOTE, count);

    Answer<Note> answer = ask(kind);

    assertThat(answer.value().title()).isEqualTo("Tides");
    assertThat(answer.use().inputTokens()).isZero();
    assertThat(answer.use().outputTokens()).isZero();
    assertThat(endpoint.received()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(mode = EXCLUDE, names = "REHEARSAL")
  void doesWithoutTheSchemaWhereItsFieldIsRefused(Kind kind) {
    String word = schemaWord(kind);
    endpoint
        .thenRefuses(400, "{\"error\":\"" + word + ": extra inputs are not permitted\"}")
        .thenSays(NOTE);

    ask(kind);

    assertThat(endpoint.received().get(0).body().has(word)).isTrue();
    assertThat(endpoint.received().get(1).body().has(word)).isFalse();
  }

  /** The guard's own words are about the body, not about the provider's protocol. */
  @ParameterizedTest
  @EnumSource(mode = EXCLUDE, names = "REHEARSAL")
  void doesNotTakeARefusalOfTheGuardForOneOfTheProtocol(Kind kind) {
    endpoint.thenRefuses(
        400, Map.of("Kodo-Guard", "call-malformed"), "{\"error\":\"" + schemaWord(kind) + "\"}");

    assertThatThrownBy(() -> ask(kind)).hasMessageContaining("call-malformed");
    assertThat(endpoint.received()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(mode = EXCLUDE, names = "REHEARSAL")
  void repairsAnAnswerThatWasCutOff(Kind kind) {
    endpoint.thenIsCutOffAfter(NOTE.substring(0, 40)).thenSays(NOTE);

    ask(kind);

    assertThat(fixture.states()).isEqualTo(Map.of("ask", "invalid", "repair", "repaired"));
  }

  private Answer<Note> ask(Kind kind) {
    return fixture.asking(kind, LONG, endpoint).ask(fixture.job(), question("The sea"));
  }

  private Duration backOff(Models models, JobRun job) {
    CallRefused refused =
        catchThrowableOfType(
            CallRefused.class, () -> models.ask(fixture.runs.again(job), question("The sea")));
    assertThat(refused.meaning()).isInstanceOf(JobFailure.Meaning.Retry.class);
    JobFailure.Meaning.Retry retry = (JobFailure.Meaning.Retry) refused.meaning();
    assertThat(retry.thenThrow()).isEqualTo(ErrorCode.MODEL_UNAVAILABLE);
    return retry.atLeast();
  }

  private static void isUnknown(JobFailure failure) {
    assertThat(failure.meaning())
        .isEqualTo(new JobFailure.Meaning.Throw(ErrorCode.OUTCOME_UNKNOWN));
  }

  private Map<String, String> bases() {
    return fixture
        .database
        .jdbc()
        .sql("select split_part(call_id, ':', 3) as step, cost_basis from model_call")
        .query((row, number) -> Map.entry(row.getString("step"), row.getString("cost_basis")))
        .list()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static Map<String, String> cost(String usd, String basis) {
    return Map.of("Kodo-Cost-Usd", usd, "Kodo-Cost-Basis", basis);
  }

  private static Set<String> names(JsonNode body) {
    return body.properties().stream().map(Map.Entry::getKey).collect(Collectors.toSet());
  }

  private static Set<String> fields(Kind kind) {
    return switch (kind) {
      case OPENAI ->
          Set.of("model", "messages", "stream", "stream_options", "max_tokens", "response_format");
      case ANTHROPIC ->
          Set.of("model", "messages", "system", "stream", "max_tokens", "output_config");
      case OLLAMA -> Set.of("model", "messages", "stream", "options", "format");
      case REHEARSAL -> throw new IllegalArgumentException("The rehearsal sends nothing.");
    };
  }

  private static String schemaWord(Kind kind) {
    return switch (kind) {
      case OPENAI -> "response_format";
      case ANTHROPIC -> "output_config";
      case OLLAMA -> "format";
      case REHEARSAL -> throw new IllegalArgumentException("The rehearsal sends nothing.");
    };
  }

  private static String path(Kind kind) {
    return switch (kind) {
      case OPENAI -> "chat/completions";
      case ANTHROPIC -> "v1/messages";
      case OLLAMA -> "api/chat";
      case REHEARSAL -> throw new IllegalArgumentException("The rehearsal sends nothing.");
    };
  }

  private static String system(Kind kind, JsonNode body) {
    return body.at(kind == Kind.ANTHROPIC ? "/system/0/text" : "/messages/0/content").asText();
  }

  private static int bound(Kind kind, JsonNode body) {
    return body.at(kind == Kind.OLLAMA ? "/options/num_predict" : "/max_tokens").asInt();
  }
}
