package dev.kodo.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kodo.model.ModelsFile.Kind;
import dev.kodo.worker.CallRefused;
import dev.kodo.worker.JobFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is learnt of a model from its refusals and from its answers. */
@Timeout(60)
@Tag("slow")
class DialectTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final String SAYS = "{\"title\":\"Tides\",\"minutes\":5}";

  private final FakeGuard guard = FakeGuard.start();
  private final StubEndpoint endpoint = guard.provider("stub");
  private final ModelFixture fixture = new ModelFixture();

  /** An answer whose schema has bounds that a server may not know. */
  record Bounded(@Brief(longest = 40) String title, @Between(least = 0, most = 60) int minutes) {}

  private static final Question<Bounded> QUESTION =
      new Question<>(
          new Contract<>(Purpose.THINK, Bounded.class, 300, 90, Contract.Otherwise.FAIL),
          ModelFixture.HEARTBEAT,
          "Write a note.",
          List.of());

  @AfterEach
  void stop() {
    guard.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 404, 422, 500})
  void leavesOutBoundsFirstAndThenTheSchema(int status) {
    endpoint.thenRefuses(status, "no").thenRefuses(status, "no").thenSays(SAYS);

    ask(models());

    assertThat(schema(0)).contains("maxLength", "minimum");
    assertThat(schema(1)).contains("additionalProperties").doesNotContain("maxLength", "minimum");
    assertThat(endpoint.received().get(2).body().has("response_format")).isFalse();
    assertThat(fixture.states()).as("one call").isEqualTo(Map.of("ask", "answered"));
    assertThat(told()).isEqualTo("refused: schema, schema-limits");
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "REHEARSAL")
  void remembersForAnotherBodyWhatWasAnswered(Kind kind) {
    endpoint.thenRefuses(400, "invalid schema").thenSays(SAYS).thenSays(SAYS);

    ask(fixture.asking(kind, LONG, endpoint));
    ask(fixture.asking(kind, LONG, endpoint));

    assertThat(endpoint.received()).hasSize(3);
    assertThat(endpoint.received().get(2).body().toString()).doesNotContain("\"maxLength\":40}");
    assertThat(told()).isEqualTo("refused: schema-limits");
  }

  @Test
  void keepsNothingWhenNoFormIsAnswered() {
    endpoint.thenRefuses(500, "ill").thenRefuses(500, "ill").thenRefuses(500, "ill");
    Models models = models();

    assertThatThrownBy(() -> ask(models))
        .isInstanceOf(CallRefused.class)
        .hasMessageContaining("HTTP 500");

    assertThat(told()).isNull();
    assertThat(endpoint.received()).hasSize(3);
    endpoint.thenSays(SAYS);
    ask(models);
    assertThat(schema(3)).contains("maxLength");
  }

  @Test
  void tellsTheRefusalOfTheCallAsItWasMeant() {
    endpoint.thenRefuses(404, "no such model").thenRefuses(400, "odd").thenRefuses(400, "odd");

    assertThatThrownBy(() -> ask(models())).hasMessageContaining("no such model");
  }

  @Test
  void waitsWhereTheLastTryWasAskedToWait() {
    endpoint.thenRefuses(400, "odd").thenRefuses(429, Map.of("Retry-After", "3"), "slowly");

    assertThatThrownBy(() -> ask(models()))
        .isInstanceOfSatisfying(
            JobFailure.class,
            failure ->
                assertThat(failure.meaning())
                    .isInstanceOfSatisfying(
                        JobFailure.Meaning.Retry.class,
                        retry -> assertThat(retry.atLeast()).isPositive()));
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 402, 403, 408, 413, 429, 501, 503})
  void learnsNothingFromRefusalsOfOtherThings(int status) {
    endpoint.thenRefuses(status, "no");

    assertThatThrownBy(() -> ask(models())).isInstanceOf(CallRefused.class);

    assertThat(endpoint.received()).hasSize(1);
  }

  @Test
  void learnsNothingFromTheGuard() {
    endpoint.thenTheGuardRefuses(422, "field-refused", "");

    assertThatThrownBy(() -> ask(models())).hasMessageContaining("field-refused");

    assertThat(endpoint.received()).hasSize(1);
  }

  @Test
  void doesWithoutUsageWhereItsWordIsRefused() {
    endpoint.thenRefuses(400, "Extra inputs are not permitted: stream_options").thenSays(SAYS);

    ask(models());

    assertThat(endpoint.received().get(0).body().has("stream_options")).isTrue();
    assertThat(endpoint.received().get(1).body().has("stream_options")).isFalse();
    assertThat(schema(1)).contains("maxLength");
    assertThat(told()).isEqualTo("refused: stream_options");
  }

  @Test
  void addsWhatTheRefusedTriesCost() {
    Map<String, String> charged = Map.of("Kodo-Cost-Usd", "0.1", "Kodo-Cost-Basis", "flat");
    endpoint.thenRefuses(400, charged, "odd").thenSays(SAYS, charged);

    assertThat(ask(models()).use().costUsd()).isEqualByComparingTo("0.2");
  }

  @Test
  void forgetsAfterThirtyDays() {
    endpoint.thenRefuses(400, "odd").thenSays(SAYS).thenSays(SAYS).thenSays(SAYS);
    Models models = models();
    ask(models);

    fixture.clock.advance(Duration.ofDays(30).minusMinutes(1));
    ask(models);
    fixture.clock.advance(Duration.ofMinutes(2));
    ask(models);

    assertThat(schema(2)).doesNotContain("maxLength");
    assertThat(schema(3)).contains("maxLength");
  }

  @Test
  void forgetsWhenAnotherModelOrServerIsBehindTheName() {
    endpoint.thenRefuses(400, "odd").thenSays(SAYS).thenSays(SAYS).thenSays(SAYS);
    guard.knows(facts("build-1"));
    Models models = models();
    ask(models);
    ask(models);

    guard.knows(facts("build-2"));
    ask(models);

    assertThat(schema(2)).doesNotContain("maxLength");
    assertThat(schema(3)).contains("maxLength");
    assertThat(told()).isNull();
  }

  @Test
  void noticesWhichKeywordsAnAnswerBreaks() {
    endpoint.thenSays("{\"title\":\"Tides\",\"minutes\":500}").thenSays(SAYS);

    ask(models());

    assertThat(told()).isEqualTo("ignored: maximum");
  }

  @Test
  void blamesNoServerForAKeywordThatItWasNotSent() {
    endpoint
        .thenRefuses(400, "odd")
        .thenSays("{\"title\":\"Tides\",\"minutes\":500}")
        .thenSays(SAYS);

    ask(models());

    assertThat(told()).isEqualTo("refused: schema-limits");
  }

  @Test
  void saysTheSchemaInWordsOnlyWhereTheServerDoesNotKeepToIt() {
    endpoint
        .thenSays(SAYS)
        .thenSays(SAYS)
        .thenSays("{\"title\":\"a\",\"minutes\":99}")
        .thenSays(SAYS);
    guard.knows(facts("b").replace("}]}", ",\"schema\":\"enforced\"}]}"));
    Models models = models();
    ask(models);
    guard.knows(facts("b").replace("}]}", ",\"schema\":\"ignored\"}]}"));
    ask(models);
    guard.knows(facts("b").replace("}]}", ",\"schema\":\"enforced\"}]}"));
    ask(models);

    assertThat(endpoint.received().stream().map(DialectTest::inWords))
        .as("enforced; ignored; an answer broke it, so its repair has the words")
        .containsExactly(false, true, false, true);
  }

  @Test
  void saysTheSchemaInWordsWhereItIsRefused() {
    endpoint.thenRefuses(400, "odd").thenRefuses(400, "odd").thenSays(SAYS);

    ask(models());

    assertThat(endpoint.received().stream().map(DialectTest::inWords))
        .containsExactly(false, false, true);
  }

  private static boolean inWords(StubEndpoint.Received request) {
    return request.body().path("messages").toString().contains("Schema of your answer");
  }

  private static String facts(String fingerprint) {
    return "{\"models\":[{\"provider\":\"stub\",\"model\":\"stub-model\",\"fingerprint\":\"%s\"}]}"
        .formatted(fingerprint);
  }

  private Models models() {
    return fixture.asking(LONG, endpoint);
  }

  private Answer<Bounded> ask(Models models) {
    return models.ask(fixture.job(), QUESTION);
  }

  private String schema(int request) {
    return endpoint.received().get(request).body().path("response_format").toString();
  }

  private @Nullable String told() {
    return models().status().getFirst().dialect();
  }
}
