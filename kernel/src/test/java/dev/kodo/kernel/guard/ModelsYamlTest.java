package dev.kodo.kernel.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kodo.kernel.budget.Price;
import dev.kodo.kernel.budget.PriceBook;
import dev.kodo.kernel.config.Config;
import dev.kodo.kernel.home.Json;
import dev.kodo.kernel.home.KodoHome;
import dev.kodo.kernel.model.ModelChoice;
import dev.kodo.kernel.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelsYamlTest {
  private static final String GOOD =
      """
      providers:
        openrouter: {kind: openai, base-url: "https://openrouter.ai/api/v1", key-env: OR_KEY}
        local: {kind: ollama, base-url: "http://127.0.0.1:11434/", free: true, timeout: 5m}
        cli: {kind: command, command: [agent, "--ask, quietly"], price-per-call: 0.10}
      classes:
        best: [openrouter/qwen/qwen3-32b, local/qwen3:8b]
        minimal: [cli/any]
      """;

  @TempDir Path folder;

  @Test
  void tellsTheWorkersAddressesOfTheGuardAndNoKey() throws IOException {
    String text = ModelsJson.text(parse(GOOD), 8091);

    JsonNode best = Json.parse(text).path("classes").path("best");
    assertThat(best.path(0))
        .isEqualTo(
            Json.object()
                .put("provider", "openrouter")
                .put("kind", "openai")
                .put("model", "qwen/qwen3-32b")
                .put("baseUrl", "http://127.0.0.1:8091/models/openrouter")
                .put("timeout", "PT2M")
                .put("loadTimeout", "PT10M")
                .put("maxOutputTokens", 4096L));
    assertThat(best.path(1).path("timeout").asText()).isEqualTo("PT5M");
    JsonNode classes = Json.parse(text).path("classes");
    assertThat(classes.path("cheap")).isEqualTo(best);
    assertThat(classes.path("minimal").path(0).path("streams").asText())
        .as("a command answers in one piece")
        .isEqualTo("false");
    assertThat(classes.path("minimal").path(0).path("kind").asText()).isEqualTo("openai");
    assertThat(text).doesNotContain("secret", "OR_KEY", "openrouter.ai");
  }

  @ParameterizedTest
  @CsvSource({
    "http://models.example.org/v1, true",
    "http://192.168.1.5:11434, true",
    "http://127.0.0.1.example.org/v1, true",
    "http://0.0.0.0:8000, true",
    "https://models.example.org/v1, false",
    "http://127.0.0.1:11434, false",
    "http://127.8.0.1:11434, false",
    "http://LOCALHOST:1234/v1, false",
    "http://[::1]:1234/v1, false",
    "http://[0:0:0:0:0:0:0:1]:1234/v1, false"
  })
  void tellsWhichCallsOthersCouldRead(String address, boolean readable) throws IOException {
    Registry registry = parse(GOOD.replace("https://openrouter.ai/api/v1", address));

    assertThat(registry.readableOnTheWay().equals(List.of("openrouter"))).isEqualTo(readable);
    assertThat(registry.readableOnTheWay().isEmpty()).isEqualTo(!readable);
  }

  @Test
  void keepsACommandsWordsApart() throws IOException {
    assertThat(parse(GOOD).provider("cli").orElseThrow().command())
        .containsExactly("agent", "--ask, quietly");
  }

  @Test
  void knowsWhichModelsNobodyPrices() throws IOException {
    PriceBook book = PriceBook.parse(Path.of("prices.yml"), "as-of: 2026-11-01\n");
    Registry registry = parse(GOOD);
    assertThat(registry.unpriced(book)).containsExactly("openrouter/qwen/qwen3-32b");
    Provider local = registry.provider("local").orElseThrow();
    assertThat(registry.price(local, "qwen3:8b", book)).contains(Price.FREE);
    assertThat(registry.isFree(book)).as("one has a price, one nobody knows").isFalse();
    PriceBook dear =
        PriceBook.parse(Path.of("p"), "as-of: 2026-11-01\nmodels:\n  local/*: {per-call: 1}\n");
    assertThat(registry.price(local, "qwen3:8b", dear).orElseThrow().isFree()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "kind: openai|kind: opnai|line 2|opnai",
        "key-env: OR_KEY|key-env: NOT_SET|line 2|NOT_SET",
        "key-env: OR_KEY|key-evn: OR_KEY|line 2|`key-env`",
        "https://openrouter.ai/api/v1|https://me:pw@openrouter.ai|line 2|address",
        "https://openrouter.ai/api/v1|ftp://x|line 2|address",
        "timeout: 5m|timeout: soon|line 3|soon",
        "free: true|free: maybe|line 3|maybe",
        "timeout: 5m|load-timeout: soon|line 3|soon",
        "timeout: 5m|thinking: none|line 3|none",
        "command: [agent|base-url: [agent|line 4|command",
        "price-per-call: 0.10|price-per-call: cheap|line 4|cheap",
        "best: [openrouter/qwen|best: [openruter/qwen|line 6|`openrouter`",
        "best: [|bst: [|line 6|`best`",
        "cli/any|any|line 7|any",
        "classes:|clases:|line|`classes`"
      })
  void namesTheLineAndTheKeyOfAMistake(String right, String wrong, String line, String named) {
    assertThat(GOOD).contains(right);
    assertThatThrownBy(() -> parse(GOOD.replace(right, wrong)))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("models.yml")
        .hasMessageContaining(line)
        .hasMessageContaining(named);
  }

  @Test
  void servesAllClassesWithTheOneModelWithoutAFile() throws IOException {
    Config config = config();
    ModelChoice found =
        new ModelChoice("openai", "qwen3:8b", "http://127.0.0.1:11434/v1", "", "found Ollama.");
    Registry registry = Registry.of(home(), config, Map.of(), () -> found);

    assertThat(registry.best().name()).isEqualTo("qwen3:8b");
    PriceBook book = PriceBook.parse(Path.of("p"), "as-of: 2026-11-01\n");
    assertThat(registry.unpriced(book)).isEmpty();
    assertThat(registry.isFree(book)).isTrue();
    assertThat(ModelsJson.text(registry, 1)).contains("http://127.0.0.1:1/models/local");

    ModelChoice own = new ModelChoice("ollama", "q", "http://127.0.0.1:11434", "", "found it.");
    Provider ollama = Registry.of(config, Map.of(), own).provider("local").orElseThrow();
    assertThat(ollama.kind()).isEqualTo(Provider.Kind.OLLAMA);

    Registry none =
        Registry.of(home(), config, Map.of(), () -> ModelChoice.rehearsal("nothing is there."));
    assertThat(none.best().isRehearsal()).isTrue();
    assertThat(none.isFree(book)).isTrue();
    assertThat(
            Json.parse(ModelsJson.text(none, 1)).path("classes").path("cheap").path(0).path("kind"))
        .hasToString("\"rehearsal\"");
  }

  private Registry parse(String text) throws IOException {
    return new ModelsYaml(Path.of("models.yml"), config(), Map.of("OR_KEY", "secret")).parse(text);
  }

  private Config config() throws IOException {
    Files.writeString(home().config(), "");
    return Config.load(home());
  }

  private KodoHome home() {
    return new KodoHome(folder, folder);
  }
}
