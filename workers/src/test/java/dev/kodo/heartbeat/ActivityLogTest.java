package dev.kodo.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kodo.workspace.FrontMatter;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class ActivityLogTest {
  @TempDir Path folder;
  private HeartbeatFixture life;
  private ActivityLog log;
  private String id;

  @BeforeEach
  void openABeat() {
    life = new HeartbeatFixture(folder);
    log = new ActivityLog(life.workspaces, life.themes, life.models, life.clock);
    id = String.valueOf(life.open().heartbeatId());
    life.record.recordChoice(
        "main", id, new BeatRecord.Choice("think", "Thinking was overdue.", ChosenBy.MODEL, null));
  }

  @Test
  void saysWhatWasDoneAndWhy() {
    life.beats.addToSummary("main", id, "A question was found.");

    FrontMatter.Document written = written(write("done", null, "artifacts/t/a.md").logPath());

    assertThat(written.head().get("outcome")).contains("done");
    assertThat(written.head().get("artifact")).contains("artifacts/t/a.md");
    assertThat(written.body()).contains("Thinking was overdue.", "A question was found.");
  }

  @Test
  void promisesNoArtifactWhenTheTimeWasUp() {
    BeatStore.LogEntry entry = write("time-is-up", null, "artifacts/t/a.md");

    assertThat(entry.artifactPath()).isNull();
    assertThat(entry.errorCode()).isEqualTo("TIME_IS_UP");
    assertThat(written(entry.logPath()).body()).contains("The time limit was reached");
  }

  @Test
  void saysWhyABeatWasCutShortWithoutCallingItAnError() {
    BeatStore.LogEntry entry = write("cut-short", null, "artifacts/t/a.md");

    assertThat(entry.artifactPath()).isNull();
    assertThat(entry.errorCode()).isNull();
    FrontMatter.Document written = written(entry.logPath());
    assertThat(written.head().get("outcome")).contains("cut-short");
    assertThat(written.head().get("tier")).contains("critical");
    assertThat(written.body()).contains("Why it was cut short", "became critical");
  }

  @Test
  void tellsTheErrorOfAFailedActivity() {
    BeatStore.LogEntry entry = write("failed", "MODEL_UNAVAILABLE", null);

    assertThat(written(entry.logPath()).head().get("outcome")).contains("failed");
    assertThat(written(entry.logPath()).body()).contains("MODEL_UNAVAILABLE");
  }

  @Test
  void writesTheSameLogOnlyOnce() {
    String path = write("done", null, null).logPath();
    String before = life.workspace().read(path);
    life.clock.advance(java.time.Duration.ofMinutes(1));

    write("done", null, null);

    assertThat(life.workspace().read(path)).isEqualTo(before);
  }

  @Test
  void numbersTheRecoveryLogOfABeatThatHasALogAlready() {
    String own = write("done", null, null).logPath();
    Beat crashed = life.beats.get("main", id);

    log.writeForCrashed(crashed, "20260131100000", life.runs.first("heartbeat-recover"));
    log.writeForCrashed(crashed, "20260131100000", life.runs.first("heartbeat-recover"));

    assertThat(names()).containsExactlyInAnyOrder(id + ".md", id + "_01.md");
    assertThat(written(own).head().get("outcome")).contains("done");
    assertThat(written(own.replace(".md", "_01.md")).head().get("recovered_by"))
        .contains("20260131100000");
  }

  private List<String> names() {
    return life.workspace().list("artifacts/no-theme/histories").stream()
        .map(entry -> entry.name())
        .toList();
  }

  private BeatStore.LogEntry write(
      String end, @Nullable String errorCode, @Nullable String artifact) {
    return log.write(
        life.beats.get("main", id),
        new HeartbeatWorker.WriteLog("main", id, end, errorCode, "why", artifact, "critical"),
        life.runs.first("heartbeat-log"));
  }

  private FrontMatter.Document written(String path) {
    return FrontMatter.read(life.workspace().read(path));
  }
}
