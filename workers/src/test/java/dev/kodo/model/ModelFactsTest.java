package dev.kodo.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kodo.testing.SettableClock;
import dev.kodo.testing.TestProperties;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ModelFactsTest {
  private static final String KNOWN =
      """
      {"models":[{"provider":"local","model":"x","kind":"openai","server":"llama.cpp","fingerprint":"b1",
       "context_tokens":8192,"tokenize":true,"bytes_per_token":2.7,"tools":"no","schema":"enforced","usage":"yes",
       "cache":"yes","thinks":"no","think_room":2048,"read_per_second":110.0,"write_per_second":null,
       "thinking":"as-it-is","waiting":{"for":"loading","since":"2026-11-21T08:00:00Z"},"max_output_tokens":4096,
       "timeout":"PT2M","priced":false,"of":"a later guard"}]}
      """;

  private final FakeGuard guard = FakeGuard.start();
  private final SettableClock clock = new SettableClock("2026-11-21T08:00:00Z");
  private final ModelFacts facts =
      new ModelFacts(
          TestProperties.in(
              Path.of("unused"),
              Map.of("kodo.guard.address", guard.address(), "kodo.guard.token", FakeGuard.TOKEN)),
          clock);

  @AfterEach
  void stop() {
    guard.close();
  }

  @Test
  void readsWhatTheGuardKnows() {
    guard.knows(KNOWN);

    assertThat(facts.of("local", "x"))
        .contains(
            new Facts(
                "local",
                "x",
                "llama.cpp",
                "b1",
                8192,
                true,
                2.7,
                "no",
                "enforced",
                "yes",
                "yes",
                "no",
                2048,
                110.0,
                null,
                4096,
                false,
                false));
    assertThat(facts.of("local", "y")).isEmpty();
  }

  @Test
  void asksAgainAfterAMinuteAndAfterEachAnswer() {
    guard.knows(KNOWN);
    facts.of("local", "x");
    facts.of("local", "x");
    assertThat(guard.factFetches()).isEqualTo(1);

    clock.advance(Duration.ofSeconds(61));
    facts.of("local", "x");
    assertThat(guard.factFetches()).isEqualTo(2);

    facts.answered();
    facts.of("local", "x");
    assertThat(guard.factFetches()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "no JSON", "{}", "{\"models\":[{\"context_tokens\":\"many\"}]}", "[]"})
  void doesWithoutWhatItCannotRead(String text) {
    guard.knows(text);
    assertThat(facts.of("local", "x")).isEmpty();
  }

  @Test
  void keepsWhatItKnewWhileTheGuardIsAway() {
    guard.knows(KNOWN);
    facts.of("local", "x");

    guard.knows("");
    facts.answered();

    assertThat(facts.of("local", "x")).isPresent();
  }

  @Test
  void knowsNothingWithoutAGuard() {
    ModelFacts none = new ModelFacts(TestProperties.in(Path.of("unused"), Map.of()), clock);

    assertThat(none.of("local", "x")).isEmpty();
    assertThat(none.count("local", "x", List.of("a"))).isEmpty();
  }

  @Test
  void countsTokens() {
    assertThat(facts.count("local", "x", List.of("a text", "b"))).as("a guard of old").isEmpty();

    guard.knows(KNOWN);

    assertThat(facts.count("local", "x", List.of("a text", "b"))).contains(List.of(3, 1));
    assertThat(facts.count("local", "x", List.of("a text"))).as("one answer too many").isEmpty();
  }
}
