package dev.kodo.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kodo.config.KodoProperties;
import dev.kodo.model.ModelsFile.Entry;
import dev.kodo.model.ModelsFile.Kind;
import dev.kodo.testing.SettableClock;
import dev.kodo.testing.TestProperties;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class ModelsFileTest {
  private static final String GUARD = "http://127.0.0.1:8091";

  @TempDir Path folder;

  @Test
  void readsTheProvidersInTheirOrder() throws IOException {
    Map<ModelClass, List<Entry>> classes =
        ModelsFile.read(
            file(
                """
                {"classes": {
                  "best": [
                    {"provider": "openrouter", "kind": "openai", "model": "big",
                     "baseUrl": "http://127.0.0.1:8091/models/openrouter", "timeout": "PT2M", "maxOutputTokens": 512, "loadTimeout": "PT20M", "streams": false},
                    {"provider": "claude", "kind": "anthropic", "model": "wise", "baseUrl": "http://127.0.0.1:8091/models/claude"}],
                  "minimal": [{"provider": "local", "kind": "ollama", "model": "small", "baseUrl": "http://127.0.0.1:8091/models/local"}]},
                 "written": "by a later kernel"}
                """));

    assertThat(classes)
        .containsOnlyKeys(ModelClass.BEST, ModelClass.MINIMAL)
        .containsEntry(
            ModelClass.BEST,
            List.of(
                new Entry(
                    "openrouter",
                    Kind.OPENAI,
                    "big",
                    GUARD + "/models/openrouter",
                    Duration.ofMinutes(2),
                    512,
                    Duration.ofMinutes(20),
                    false),
                new Entry(
                    "claude",
                    Kind.ANTHROPIC,
                    "wise",
                    GUARD + "/models/claude",
                    null,
                    null,
                    null,
                    null)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"classes": {"good": []}} | no class 'good'
          {"classes": {"best": []}} | 'best' has no provider
          {"classes": {"best": null}} | 'best' has no provider
          {"classes": {"cheap": [{"provider":"r","kind":"rehearsal","model":"r"}]}} | 'best' is missing
          {"classes": {"best": [null]}} | lacks its name
          {"classes": {"best": [{"provider":"p","model":"m"}]}} | its kind
          {"classes": {"best": [{"provider":"p","kind":"openai","baseUrl":"x"}]}} | its model
          {"classes": {"best": [{"provider":"p","kind":"openai","model":"m"}]}} | lacks its baseUrl
          {"classes": {"best": [{"provider":"p","kind":"magic","model":"m"}]}} | cannot be read
          {} | names no classes
          null | names no classes
          [[ | cannot be read
          """)
  void saysWhatIsWrong(String json, String message) throws IOException {
    Path file = file(json);

    assertThatThrownBy(() -> ModelsFile.read(file))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(message);
  }

  @Test
  void neverLetsTheRehearsalStandInForAModel() throws IOException {
    Path file =
        file(
            """
            {"classes": {"best": [
              {"provider": "p", "kind": "openai", "model": "m", "baseUrl": "http://127.0.0.1:8091/models/p"},
              {"provider": "rehearsal", "kind": "rehearsal", "model": "rehearsal"}]}}
            """);

    assertThatThrownBy(() -> ModelsFile.read(file)).hasMessageContaining("never stands in");
  }

  @Test
  void needsNoGuardForTheRehearsal() {
    Providers providers =
        connection(Map.of()).providers(ModelsFile.read(TestProperties.rehearsal()));

    assertThat(providers.first().description().rehearsal()).isTrue();
    assertThat(providers.status(any -> Dialect.USUAL))
        .extracting(ProviderStatus::modelClass)
        .containsExactly("best", "cheap", "minimal");
    assertThat(
            ModelFixture.JSON
                .valueToTree(providers.status(any -> Dialect.USUAL).getFirst())
                .toString())
        .isEqualTo(
            """
            {"class":"best","provider":"rehearsal","model":"rehearsal","breaker":"closed","lastFailure":null,"dialect":null}""");
  }

  @Test
  void needsTheGuardForAModelAndSendsItsTokenNowhereElse() {
    Map<ModelClass, List<Entry>> outside =
        Map.of(
            ModelClass.BEST,
            List.of(
                new Entry(
                    "p", Kind.OPENAI, "m", GUARD + ".evil/models/p", null, null, null, null)));

    assertThatThrownBy(() -> connection(Map.of()).providers(outside))
        .hasMessageContaining("kodo.guard.address");
    assertThatThrownBy(
            () ->
                connection(Map.of("kodo.guard.address", GUARD, "kodo.guard.token", "t"))
                    .providers(outside))
        .hasMessageContaining("at the guard");
  }

  private static Connection connection(Map<String, String> settings) {
    KodoProperties properties = TestProperties.in(Path.of("unused"), settings);
    SettableClock clock = new SettableClock("2026-11-21T08:00:00Z");
    ModelFacts facts = new ModelFacts(properties, clock);
    Dialects dialects =
        new Dialects(JdbcClient.create(new DriverManagerDataSource()), facts, clock);
    return new Connection(properties, ModelFixture.JSON, clock, dialects, facts);
  }

  private Path file(String json) throws IOException {
    return Files.writeString(folder.resolve("models.json"), json);
  }
}
