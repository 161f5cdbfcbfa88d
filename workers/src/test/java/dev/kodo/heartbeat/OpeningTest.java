package dev.kodo.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
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
