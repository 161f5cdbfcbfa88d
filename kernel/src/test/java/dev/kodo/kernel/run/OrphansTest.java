package dev.kodo.kernel.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.kodo.kernel.home.KodoHome;
import dev.kodo.kernel.part.PartRecords;
import dev.kodo.kernel.part.ProcessIdentity;
import dev.kodo.kernel.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrphansTest {
  @TempDir Path folder;

  private KodoHome home;
  private PartRecords records;
  private Process engine;

  @BeforeEach
  void startAPartThatIgnoresTheRequestToEnd() throws IOException {
    home = new KodoHome(folder, folder.resolve("cache"));
    records = new PartRecords(home.run());
    Path trapped = folder.resolve("trapped");
    engine =
        new ProcessBuilder(
                "/bin/sh", "-c", "trap '' TERM; touch '" + trapped + "'; while :; do sleep 1; done")
            .start();
    await("the signal is trapped").until(() -> Files.exists(trapped));
    records.started("engine", "f", ProcessIdentity.of(engine.pid()).orElseThrow());
  }

  @AfterEach
  void leaveNothing() {
    engine.destroyForcibly();
  }

  @Test
  void keepsTheRecordOfAPartThatStillLives() throws Exception {
    Orphans.Ending ending = new Orphans(home, Duration.ZERO).end();

    assertThat(ending.ended()).isEmpty();
    assertThatThrownBy(ending::requireComplete)
        .isInstanceOf(Problem.class)
        .hasMessageContaining("engine (pid " + engine.pid() + ")");
    assertThat(records.read("engine")).isPresent();
  }

  @Test
  void leavesThePartsAloneThatTheConfigurationStillHas() throws Exception {
    assertThat(new Orphans(home, Duration.ZERO).endAllBut(Set.of("engine")).alive()).isEmpty();
    assertThat(engine.isAlive()).isTrue();

    Orphans.Ending ending = new Orphans(home, Duration.ofMillis(200)).endAllBut(Set.of("postgres"));

    assertThat(ending.ended()).containsExactly("engine");
    assertThat(engine.isAlive()).isFalse();
    assertThat(records.read("engine")).isEmpty();
  }
}
