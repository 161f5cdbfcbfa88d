package dev.kodo.kernel.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kodo.kernel.config.Config;
import dev.kodo.kernel.config.ConfigKey;
import dev.kodo.kernel.engine.EngineToken;
import dev.kodo.kernel.home.Installation;
import dev.kodo.kernel.home.KodoHome;
import dev.kodo.kernel.part.PartCommand;
import dev.kodo.kernel.postgres.DatabaseAccess;
import dev.kodo.kernel.problem.Problem;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkersPropertiesTest {
  @TempDir Path folder;

  @Test
  void passesEverySettingOfTheWorkers() throws IOException {
    Properties properties =
        properties(
            setting(
                "heartbeat.interval: 5m\nagents: [a, b]\n",
                EngineAddress.local("e", "g", "r", true, Optional.empty())));

    for (ConfigKey key : ConfigKey.values()) {
      assertThat(properties.containsKey("kodo." + key.key()))
          .as(key.key())
          .isEqualTo(key.scope() == ConfigKey.Scope.WORKERS && !key.key().startsWith("channel."));
    }
    assertThat(properties)
        .containsEntry("kodo.heartbeat.interval", "PT5M")
        .containsEntry("kodo.agents", "a,b")
        .containsEntry("kodo.guard.address", "http://127.0.0.1:8091")
        .containsEntry("kodo.guard.token", "guard-token")
        .containsKey("kodo.models.file")
        .containsEntry("kodo.workspace.path", folder.resolve("workspace").toString())
        .containsEntry("kodo.engine-id", "e")
        .containsEntry("kodo.engine-view", "records")
        .containsEntry("kodo.api-token", "token")
        .containsEntry("camunda.client.mode", "self-managed")
        .containsEntry("camunda.client.prefer-rest-over-grpc", "false")
        .containsEntry("server.address", "127.0.0.1");
  }

  @Test
  void passesTheTokenOfAnEngineThatPeopleWatch() throws IOException {
    EngineToken token = new EngineToken("secret-token", folder);

    Properties properties =
        properties(setting("", EngineAddress.local("e", "g", "r", true, Optional.of(token))));

    assertThat(properties).containsEntry("kodo.engine-login.token", "secret-token");
    assertThat(properties(setting("", EngineAddress.local("e", "g", "r", true, Optional.empty()))))
        .doesNotContainKey("kodo.engine-login.token");
  }

  @Test
  void passesOnlyTheChannelsThatAreSet() throws IOException {
    Properties properties =
        properties(
            setting(
                "channel:\n  mail:\n    host: mail.example.org\n    to: owner@example.org\n",
                EngineAddress.local("e", "g", "r", true, Optional.empty())));

    assertThat(properties)
        .containsEntry("kodo.channel.mail.host", "mail.example.org")
        .containsEntry("kodo.channel.mail.port", "587")
        .containsEntry("kodo.channel.mail.to", "owner@example.org")
        .doesNotContainKeys(
            "kodo.channel.mail.user", "kodo.channel.webhook.url", "kodo.channel.line.to");
  }

  @Test
  void keepsEveryCharacterOfAValue() throws IOException {
    String odd = " 鼓動\\ ${x} = : # é\t";

    Properties properties =
        properties(setting("", EngineAddress.local(odd, "g", "r", false, Optional.empty())));

    // The backslash before the dollar sign is Spring's own escape of a placeholder.
    assertThat(properties.getProperty("kodo.engine-id")).isEqualTo(odd.replace("${", "\\${"));
  }

  @Test
  void logsInAtAnExternalEngine() throws IOException {
    Properties properties =
        properties(
            external(
                """
                engine.external.auth: oauth
                engine.external.grpc-address: https://zeebe.example:443
                engine.external.rest-address: https://zeebe.example:443/rest
                engine.external.client-id: me
                engine.external.client-secret-env: SECRET
                engine.external.token-url: https://login.example/token
                """));

    assertThat(properties)
        .containsEntry("camunda.client.auth.method", "oidc")
        .containsEntry("camunda.client.auth.client-secret", "s3cret")
        .containsEntry("camunda.client.grpc-address", "https://zeebe.example:443");
  }

  @Test
  void namesTheSettingThatAnExternalEngineLacks() {
    assertThatThrownBy(() -> external("engine.external.auth: saas\n"))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("engine.external.client-id");
    assertThatThrownBy(() -> external("engine.external.auth: none\n"))
        .hasMessageContaining("engine.external.grpc-address");
  }

  @Test
  void writesTheFileForTheOwnerOnlyAndInheritsLittle() throws IOException {
    WorkersSetting setting =
        setting("", EngineAddress.local("e", "g", "r", true, Optional.empty()));
    WorkersPart part =
        new WorkersPart(
            setting, Map.of("PATH", "/bin", "MY_KEY", "k", "OTHER_SECRET", "o", "HOME", "/h"));

    PartCommand command = part.command();
    Path file = setting.home().run().resolve("workers.properties");
    assertThat(file).as("a look at the command changes nothing").doesNotExist();

    part.prepare();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(command.environment())
        .containsEntry("HOME", "/h")
        .doesNotContainKeys("MY_KEY", "OTHER_SECRET");
    assertThat(setting.home().modelsForWorkers()).hasContent("{}");
    assertThat(part.command().fingerprint()).isEqualTo(command.fingerprint());
  }

  private WorkersSetting external(String text) throws IOException {
    Config config = config("engine.mode: external\n" + text);
    return setting(config, EngineAddress.external(config, Map.of("SECRET", "s3cret")));
  }

  private WorkersSetting setting(String text, EngineAddress engine) throws IOException {
    return setting(config(text), engine);
  }

  private WorkersSetting setting(Config config, EngineAddress engine) throws IOException {
    Path jar = Files.writeString(folder.resolve("workers.jar"), "jar");
    return new WorkersSetting(
        home(),
        new Installation(folder, jar),
        config,
        new DatabaseAccess("jdbc:postgresql://h/kodo", "kodo", "pw"),
        engine,
        new GuardAddress(8091, "guard-token", home().modelsForWorkers(), "{}"),
        "token",
        Optional.empty());
  }

  private Config config(String text) throws IOException {
    Files.writeString(home().config(), text);
    return Config.load(home());
  }

  private KodoHome home() {
    return new KodoHome(folder, folder.resolve("cache"));
  }

  private static Properties properties(WorkersSetting setting) throws IOException {
    Properties properties = new Properties();
    properties.load(new StringReader(WorkersProperties.of(setting).text()));
    return properties;
  }
}
