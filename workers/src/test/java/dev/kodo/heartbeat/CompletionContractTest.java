package dev.kodo.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kodo.workspace.FrontMatter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionContractTest {
  private static final String LOG = "artifacts/t/histories/log.md";
  private static final String ARTIFACT = "artifacts/t/artifact.md";

  @TempDir Path folder;
  private HeartbeatFixture life;
  private CompletionContract contract;
  private String id;

  @BeforeEach
  void openABeat() {
    life = new HeartbeatFixture(folder);
    contract = new CompletionContract(life.workspaces);
    id = String.valueOf(life.open().heartbeatId());
  }

  @Test
  void isMetByALogWithoutAPromisedArtifact() {
    write(LOG, id, "A log.");

    assertThat(check(LOG, null)).isEqualTo(new CompletionContract.Verdict(true, ""));
  }

  @Test
  void isMetByALogAndThePromisedArtifact() {
    write(LOG, id, "A log.");
    write(ARTIFACT, id, "Work.");

    assertThat(check(LOG, ARTIFACT).contractMet()).isTrue();
  }

  @Test
  void namesAnArtifactThatWasClaimedAndNotWritten() {
    write(LOG, id, "A log.");

    assertThat(check(LOG, ARTIFACT))
        .isEqualTo(new CompletionContract.Verdict(false, "artifact " + ARTIFACT));
  }

  @Test
  void doesNotTakeTheArtifactOfAnotherBeat() {
    write(LOG, id, "A log.");
    write(ARTIFACT, "20200101000000", "Old work.");

    assertThat(check(LOG, ARTIFACT).contractMet()).isFalse();
  }

  @Test
  void doesNotTakeAnEmptyArtifact() {
    write(LOG, id, "A log.");
    write(ARTIFACT, id, " ");

    assertThat(check(LOG, ARTIFACT).contractMet()).isFalse();
  }

  @Test
  void namesAMissingLog() {
    assertThat(check(LOG, null).missing()).isEqualTo("activity log");
  }

  private void write(String path, String heartbeatId, String body) {
    life.workspace().write(path, FrontMatter.empty().with("heartbeat", heartbeatId).over(body));
  }

  private CompletionContract.Verdict check(String log, @Nullable String artifact) {
    life.beats.recordLog("main", id, new BeatStore.LogEntry(null, artifact, log, null, null));
    return contract.check(life.beats.get("main", id));
  }
}
