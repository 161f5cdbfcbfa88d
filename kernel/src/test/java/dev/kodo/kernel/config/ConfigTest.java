package dev.kodo.kernel.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kodo.kernel.home.KodoHome;
import dev.kodo.kernel.problem.Problem;
import dev.kodo.kernel.problem.ProblemCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigTest {
  @TempDir Path folder;

  @Test
  void usesTheDefaultsWithoutAFileAndCreatesNothing() throws IOException {
    Config config = load(null);

    assertThat(config.duration(ConfigKey.HEARTBEAT_INTERVAL)).isEqualTo(Duration.ofMinutes(30));
    assertThat(config.workspace()).isEqualTo(folder.resolve("workspace"));
    assertThat(folder).isEmptyDirectory();
  }

  @ParameterizedTest
  @CsvSource({"1234, LM Studio", "8000, vLLM", "8080, llama.cpp", "11434, Ollama"})
  void leavesThePortsOfModelServersFree(String port, String server) {
    assertThat(ConfigKey.values())
        .as("Kodo looks for %s at this port", server)
        .filteredOn(ConfigKey::form, Form.PORT)
        .noneMatch(key -> key.defaultText().equals(port));
  }

  @Test
  void keepsThePortThatAHomeSets() throws IOException {
    assertThat(load("engine.rest-port: 8080").number(ConfigKey.ENGINE_REST_PORT)).isEqualTo(8080);
  }

  @Test
  void readsNestedAndDottedKeysAlike() throws IOException {
    Config config =
        load(
            """
            agents: [main, night-owl]
            heartbeat:
              interval: 45m
              time-limit: PT5M
            theme.max-size: 500KB
            engine:
              external:
                client-id: abc
            """);

    assertThat(config.agents()).containsExactly("main", "night-owl");
    assertThat(config.text(ConfigKey.HEARTBEAT_INTERVAL)).isEqualTo("PT45M");
    assertThat(config.duration(ConfigKey.HEARTBEAT_TIME_LIMIT)).isEqualTo(Duration.ofMinutes(5));
    assertThat(config.bytes(ConfigKey.THEME_MAX_SIZE)).isEqualTo(500 * 1024);
    assertThat(config.text(ConfigKey.ENGINE_EXTERNAL_CLIENT_ID)).isEqualTo("abc");
  }

  @ParameterizedTest
  @CsvSource({
    "heartbeat.intervall, heartbeat.interval",
    "interval, heartbeat.interval",
    "engine.rest.port, engine.rest-port",
    "modle.provider, model.provider",
    "databse.url, database.url",
    "agent, agents"
  })
  void namesTheNearestKeyOfAnUnknownOne(String unknown, String nearest) {
    assertThatThrownBy(() -> load("agents: main\n" + unknown + ": x\n"))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("`" + unknown + "`")
        .hasMessageContaining("`" + nearest + "`")
        .hasMessageContaining("kodo.yml line 2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://host:5432/kodo?user=kodo&PassWord=hunter2&ssl=true",
        "jdbc:postgresql://kodo:hunter2@host:5432/kodo"
      })
  void refusesAPasswordInAnAddressWithoutRepeatingIt(String url) {
    assertThatThrownBy(() -> load("database.url: " + url + "\n"))
        .isInstanceOfSatisfying(
            Problem.class,
            problem ->
                assertThat(problem.sentence() + problem.next())
                    .contains("without a password", "`database.password-env`", "host")
                    .doesNotContain("hunter2"));
  }

  @ParameterizedTest
  @CsvSource({
    "heartbeat.interval, soon, a duration",
    "heartbeat.interval, -PT5M, a duration",
    "heartbeat.interval, 0s, a duration",
    "engine.rest-port, 70000, from 1 to 65535",
    "engine.rest-port, http, from 1 to 65535",
    "engine.memory, lots, a heap size",
    "theme.max-size, 1 mile, a size",
    "theme.max-size, 0, a size",
    "model.provider, magic, 'auto, openai, rehearsal'",
    "model.base-url, localhost:1234, an http",
    "model.api-key-env, sk-123 abc, the name of an environment variable",
    "database.url, postgres://x, jdbc:postgresql",
    "time-zone, Mars/Base, a time zone",
    "agents, ../main, a list of names"
  })
  void namesKeyValueAndFormOfABadValue(String key, String value, String form) {
    assertThatThrownBy(() -> load(key + ": " + value + "\n"))
        .isInstanceOfSatisfying(
            Problem.class, p -> assertThat(p.code()).isEqualTo(ProblemCode.CONFIG_BAD_VALUE))
        .hasMessageContaining(key)
        .hasMessageContaining(value)
        .hasMessageContaining(form)
        .hasMessageContaining("line 1");
  }

  @ParameterizedTest
  @CsvSource({
    "'agents: [main', line",
    "'just words', line 1",
    "'agents: a\nagents: b', line 2",
    "'agents: a\n---\nagents: b', second document"
  })
  void saysWhereTheFileIsNoYaml(String text, String where) {
    assertThatThrownBy(() -> load(text.replace("\\n", "\n")))
        .isInstanceOfSatisfying(
            Problem.class, p -> assertThat(p.code()).isEqualTo(ProblemCode.CONFIG_UNREADABLE))
        .hasMessageContaining(where);
  }

  @Test
  void writesATemplateThatSaysExactlyTheDefaults() throws IOException {
    String everything = ConfigReference.template().replaceAll("(?m)^#(?! )", "");

    Config config = load(everything);

    for (ConfigKey key : ConfigKey.values()) {
      assertThat(config.text(key))
          .as(key.key())
          .isEqualTo(key.form().rule().apply(key.defaultText()));
    }
    assertThat(everything).contains("heartbeat.interval: PT30M");
  }

  @Test
  void keepsThePageOfTheDocumentationInStep() throws IOException {
    Path page = Path.of("..", "docs", "configuration.md");

    assertThat(Files.readString(page))
        .as("regenerate it with: kodo reference configuration > docs/configuration.md")
        .isEqualTo(ConfigReference.markdown());
  }

  @Test
  void understandsTheHomeFolderInPaths() throws IOException {
    assertThat(load("workspace.path: KODO_HOME/w").workspace()).isEqualTo(folder.resolve("w"));
    assertThat(load("workspace.path: ~/w").workspace())
        .isEqualTo(Path.of(System.getProperty("user.home"), "w"));
    assertThat(load("workspace.path: /srv/w").workspace()).isEqualTo(Path.of("/srv/w"));
  }

  private Config load(@org.jspecify.annotations.Nullable String text) throws IOException {
    KodoHome home = new KodoHome(folder, folder.resolve("cache"));
    if (text != null) {
      Files.writeString(home.config(), text);
    }
    return Config.load(home);
  }
}
