package dev.kodo.kernel.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kodo.kernel.part.PartCommand;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineWebAppsTest {
  @TempDir Path folder;

  private final EngineWebApps webApps =
      new EngineWebApps(
          "http://127.0.0.1:6",
          new EngineLogin("kodo", "secret-word"),
          new EngineToken("secret-token", Path.of("/a b/operate-token.pub")));

  @Test
  void startsTheWholeApplicationOnTheSameData() throws IOException {
    PartCommand alone = command(Optional.empty());
    PartCommand watched = command(Optional.of(webApps));

    assertThat(alone.words()).contains("io.camunda.application.StandaloneBroker");
    assertThat(watched.words()).contains("io.camunda.application.StandaloneCamunda");
    assertThat(watched.folder()).isEqualTo(alone.folder());
    assertThat(watched.environment()).containsAllEntriesOf(alone.environment());
    assertThat(watched.fingerprint()).isNotEqualTo(alone.fingerprint());
    assertThat(alone.environment().keySet())
        .noneMatch(name -> name.startsWith("CAMUNDA_") || name.contains("OPENSEARCH"));
  }

  @Test
  void setsThePasswordOfBothApplicationsWithoutShowingIt() throws IOException {
    PartCommand command = command(Optional.of(webApps));

    assertThat(command.environment())
        .containsEntry("CAMUNDA_OPERATE_USERID", "kodo")
        .containsEntry("CAMUNDA_OPERATE_PASSWORD", "secret-word")
        .containsEntry("CAMUNDA_TASKLIST_USERID", "kodo")
        .containsEntry("CAMUNDA_TASKLIST_PASSWORD", "secret-word")
        .containsEntry("SERVER_ADDRESS", "127.0.0.1");
    assertThat(String.join(" ", command.words())).doesNotContain("secret-word");
    assertThat(webApps.toString()).doesNotContain("secret-word").doesNotContain("secret-token");
  }

  @Test
  void letsTasklistsClientInWithATokenThatOnlyTheOwnerCanRead() throws IOException {
    EnginePart part = part(Optional.of(webApps));
    PartCommand command = part.command();
    Path file = Path.of(command.environment().get("ZEEBE_CLIENT_CONFIG_PATH"));
    assertThat(file).as("a look at the command changes nothing").doesNotExist();

    part.prepare();

    assertThat(file).content().contains("accessToken: \"secret-token\"");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(command.environment())
        .containsEntry("SPRING_SECURITY_OAUTH2_RESOURCESERVER_JWT_ISSUERURI", "")
        .containsEntry(
            "SPRING_SECURITY_OAUTH2_RESOURCESERVER_JWT_PUBLICKEYLOCATION",
            "file:///a%20b/operate-token.pub");
    assertThat(command.environment().values())
        .as("what every program of this user can look up")
        .noneMatch(value -> value.contains("secret-token"));
    assertThat(URI.create(command.environment().get("ZEEBE_AUTHORIZATION_SERVER_URL")).getHost())
        .as("where the client would ask for a token")
        .isEqualTo("127.0.0.1");
  }

  @Test
  void givesTheEngineAloneNoTokenAndStartsItAnewWithAnotherOne() throws IOException {
    EngineWebApps other =
        new EngineWebApps(
            webApps.search(),
            webApps.login(),
            new EngineToken("another-token", webApps.token().publicKey()));

    assertThat(command(Optional.empty()).environment().keySet())
        .noneMatch(name -> name.startsWith("ZEEBE_CLIENT_") || name.startsWith("SPRING_"));
    assertThat(command(Optional.of(other)).fingerprint())
        .isNotEqualTo(command(Optional.of(webApps)).fingerprint());
  }

  private PartCommand command(Optional<EngineWebApps> apps) throws IOException {
    return part(apps).command();
  }

  private EnginePart part(Optional<EngineWebApps> apps) {
    return new EnginePart(
        new EngineSetting(
            new EngineDistribution(folder),
            folder,
            new EnginePorts(1, 2, 3, 4, 5),
            "512m",
            Optional.empty(),
            apps,
            Optional.empty()));
  }
}
