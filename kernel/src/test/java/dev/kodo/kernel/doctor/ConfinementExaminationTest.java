package dev.kodo.kernel.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kodo.kernel.config.Config;
import dev.kodo.kernel.home.Installation;
import dev.kodo.kernel.home.KodoHome;
import dev.kodo.kernel.part.PartRecords;
import dev.kodo.kernel.part.ProcessIdentity;
import dev.kodo.kernel.workers.Confinement;
import dev.kodo.kernel.workers.WorkersPart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfinementExaminationTest {
  @TempDir Path folder;

  @BeforeEach
  void requireNamespaces() {
    assumeTrue(new Confinement(List.of(), List.of(), List.of()).obstacle().isEmpty());
  }

  @Test
  void triesTheMachineWhereNothingRuns() throws IOException {
    assertThat(finding("").text()).isEqualTo("the workers can be locked in");
  }

  @Test
  void looksAtTheWorkersThatRunAndNotAtWhatIsConfigured() throws Exception {
    Process free = new ProcessBuilder("sleep", "600").start();
    Process held = new ProcessBuilder("unshare", "--user", "sleep", "600").start();
    try {
      record(free);
      assertThat(finding("").text()).isEqualTo("the workers run, and are not locked in");
      record(held);
      await().until(() -> Confinement.holds(held.pid()).orElse(false));
      assertThat(finding("workers.confined: never").text()).isEqualTo("the workers are locked in");
    } finally {
      free.destroyForcibly();
      held.destroyForcibly();
    }
  }

  @Test
  void remindsOfWhatIsNotWanted() throws IOException {
    Finding finding = finding("workers.confined: never");

    assertThat(finding.grade()).isEqualTo(Finding.Grade.NOTE);
    assertThat(finding.next()).contains("workers.confined: auto");
  }

  private void record(Process process) throws IOException {
    Path run = Files.createDirectories(home().run());
    new PartRecords(run)
        .started(WorkersPart.NAME, "-", ProcessIdentity.of(process.pid()).orElseThrow());
  }

  private Finding finding(String config) throws IOException {
    Files.writeString(home().config(), config);
    return new ConfinementExamination(
            Config.load(home()), home(), new Installation(folder.resolve("installation"), folder))
        .workers();
  }

  private KodoHome home() {
    return new KodoHome(folder, folder.resolve("cache"));
  }
}
