package dev.kodo.kernel.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kodo.kernel.part.PartCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineWebAppsTest {
  @TempDir Path folder;

  private final EngineWebApps webApps =
      new EngineWebApps("http://127.0.0.1:6", new EngineLogin("kodo", "secret-word"));

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
    assertThat(webApps.toString()).doesNotContain("secret-word");
  }

  private PartCommand command(Optional<EngineWebApps> apps) throws IOException {
    return new EnginePart(
            new EngineSetting(
                new EngineDistribution(folder),
                folder,
                new EnginePorts(1, 2, 3, 4, 5),
                "512m",
                Optional.empty(),
                apps,
                false))
        .command();
  }
}
