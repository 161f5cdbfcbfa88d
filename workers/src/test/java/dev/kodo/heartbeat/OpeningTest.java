package dev.kodo.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kodo.theme.Theme;
import dev.kodo.theme.ThemeLives;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpeningTest {
  @TempDir Path folder;
  private HeartbeatFixture life;

  @BeforeEach
  void prepare() {
    life = new HeartbeatFixture(folder);
  }

  @Test
  void opensABeatWithItsTimeAsId() {
    Opening.Opened opened = life.open();

    assertThat(opened.heartbeatId()).isEqualTo("20260131093000");
    assertThat(opened.previousBeat()).isEqualTo("closed");
    assertThat(opened.mode()).isEqualTo("normal");
    assertThat(opened.hasTheme()).isFalse();
  }

  @Test
  void doesNothingWhileAnotherBeatRunsInTheEngine() {
    String running = life.open().heartbeatId();
    life.engine.run(life.beats.get("main", String.valueOf(running)).processInstanceKey());

    Opening.Opened second = life.open();

    assertThat(second.previousBeat()).isEqualTo("running");
    assertThat(second.outcome()).isEqualTo("already-beating");
    assertThat(second.heartbeatId()).isNull();
    assertThat(life.beats.open("main")).map(Beat::heartbeatId).contains(String.valueOf(running));
  }

  @Test
  void runsInRecoveryModeAfterABeatThatTheEngineNoLongerKnows() {
    String crashed = String.valueOf(life.open().heartbeatId());

    Opening.Opened second = life.open();

    assertThat(second.mode()).isEqualTo("recovery");
    assertThat(second.crashedHeartbeatId()).isEqualTo(crashed);
    assertThat(second.heartbeatId()).isGreaterThan(crashed);
    assertThat(life.beats.get("main", crashed).state()).isEqualTo(BeatState.CRASHED);
    assertThat(life.beats.get("main", crashed).errorCode()).isEqualTo("HEARTBEAT_CRASHED");
  }

  @Test
  void tellsThatAPersonsThemeWaitsBehindAnOwnOne() {
    start(Theme.Source.OWN);
    assertThat(life.open().personWaits()).as("an empty box").isFalse();

    life.workspace().write("themebox/bees.md", "# Bees");
    life.clock.advance(Duration.ofDays(300));
    assertThat(life.open().personWaits()).isTrue();
  }

  @Test
  void leavesAPersonsThemeAloneWhenAnotherOneWaits() {
    start(Theme.Source.THEMEBOX);
    life.workspace().write("themebox/bees.md", "# Bees");
    life.clock.advance(Duration.ofDays(300));

    assertThat(life.open().personWaits()).isFalse();
  }

  @Test
  void tellsHowLongAgoEachActivityWasDoneInTheTheme() {
    start(Theme.Source.OWN);
    String id = String.valueOf(life.open().heartbeatId());
    life.record.recordChoice(
        "main", id, new BeatRecord.Choice("think", "Because.", ChosenBy.MODEL, null));
    life.beats.end("main", id, BeatState.CLOSED, null);

    assertThat(life.open().beatsSince()).isEqualTo(Map.of("think", 1));
  }

  private void start(Theme.Source source) {
    life.agents.ensure("main");
    ThemeLives.start(
        life.themes,
        new Theme(
            "main",
            "20260131000000",
            "tea",
            "Tea",
            "artifacts/20260131000000_tea",
            "# Tea",
            source,
            life.clock.instant()));
  }

  @Test
  void opensNothingForADeadAgent() {
    Opening.Opened opened =
        life.opening.open(
            new Opening.OpenBeat("main", "timer", "dead", null), life.runs.first("heartbeat-open"));

    assertThat(opened.outcome()).isEqualTo("dead");
    assertThat(opened.heartbeatId()).isNull();
    assertThat(opened.sameErrorCount()).isZero();
    assertThat(life.beats.open("main")).isEmpty();
  }
}
