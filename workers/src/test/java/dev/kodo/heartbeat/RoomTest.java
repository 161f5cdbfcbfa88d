package dev.kodo.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kodo.agent.AgentState;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoomTest {
  @TempDir Path folder;
  private HeartbeatFixture life;

  @BeforeEach
  void prepare() {
    life = new HeartbeatFixture(folder);
  }

  @Test
  void letsOneBeatOpenHoweverLittleIsLeft() {
    assertThat(beats("a", 0)).isTrue();
    assertThat(beats("b", 0)).isFalse();

    close("a");
    assertThat(beats("b", 0)).isTrue();
  }

  @Test
  void setsNoLimitWhereTheTableSetsNone() {
    assertThat(List.of("a", "b", "c")).allMatch(agent -> beats(agent, null));
  }

  @Test
  void saysWhyNothingWasOpenedAndSinceWhenTheAgentWaits() {
    beats("a", 1);

    Opening.Opened refused = open("b", "normal", 1);
    life.clock.advance(Duration.ofMinutes(5));
    open("b", "normal", 1);

    assertThat(refused.outcome()).isEqualTo("no-room");
    assertThat(refused.heartbeatId()).isNull();
    assertThat(life.beats.open("b")).isEmpty();
    assertThat(life.room.waitsSince("b"))
        .contains(life.clock.instant().minus(Duration.ofMinutes(5)));
    close("a");
    beats("b", 1);
    assertThat(life.room.waitsSince("b")).isEmpty();
  }

  @Test
  void prefersTheAgentWhoseLastBeatIsLongestAgo() {
    lives("first", "second");
    beats("third", 1);
    assertThat(beats("second", 1)).isFalse();
    assertThat(beats("first", 1)).isFalse();
    assertThat(beats("never", 1)).isFalse();

    assertThat(beats("second", 2)).as("the place is for the one that never had a beat").isFalse();
    assertThat(beats("first", 2)).isFalse();
    assertThat(beats("never", 2)).isTrue();
    assertThat(beats("second", 3)).isFalse();
    assertThat(beats("first", 3)).isTrue();
    assertThat(beats("second", 4)).isTrue();
  }

  @Test
  void keepsTheSecondPlaceForADeadAgentAndNotForOneThatAsksNoMore() {
    lives("old", "new");
    beats("busy", 1);
    beats("old", 1);

    life.clock.advance(Duration.ofHours(4));
    open("old", "dead", 1);
    life.clock.advance(Duration.ofHours(4));
    close("busy");
    beats("busy", 2);
    assertThat(beats("new", 2)).as("the dead agent has waited longer").isFalse();

    life.clock.advance(Duration.ofHours(2));
    close("busy");
    beats("busy", 2);
    assertThat(beats("new", 2)).as("it was not heard of for six hours").isTrue();
  }

  @Test
  void keepsTheOnlyPlaceForTheAgentThatHasWaitedLongestAndAsksInTheseMinutes() {
    lives("old", "new");
    beats("busy", 1);
    assertThat(beats("old", 1)).isFalse();
    assertThat(beats("new", 1)).isFalse();
    close("busy");

    assertThat(beats("new", 1)).as("another waits longer").isFalse();
    life.clock.advance(Duration.ofMinutes(5));
    assertThat(beats("busy", 1)).as("both wait longer").isFalse();
    assertThat(beats("old", 1)).isTrue();
    close("old");

    life.clock.advance(Duration.ofMinutes(20));
    assertThat(beats("old", 1)).as("nobody asked for a quarter of an hour").isTrue();
  }

  @Test
  void forgetsThatAnAgentWaitedWhenItRecovers() {
    beats("a", 1);
    assertThat(beats("b", 1)).isFalse();
    close("a");
    beats("b", 1);
    beats("a", 1);
    assertThat(life.room.waitsSince("a")).isPresent();
    life.database.jdbc().sql("update heartbeat set state = 'open' where agent_id = 'a'").update();

    assertThat(open("a", "normal", 1).mode()).isEqualTo("recovery");

    assertThat(life.room.waitsSince("a")).isEmpty();
  }

  @Test
  void leavesAnAgentThatBeatsAlreadyToItsOpenBeat() {
    beats("a", 2);
    beats("b", 2);

    Boolean held =
        life.database
            .transactions()
            .execute(status -> life.room.holds("b", BigDecimal.ONE, Duration.ofHours(5)));

    assertThat(held).isTrue();
    assertThat(life.room.waitsSince("b")).isEmpty();
  }

  @Test
  void takesANumberBeyondAllAgentsForNoLimit() {
    assertThat(
            life.opening
                .open(
                    new Opening.OpenBeat("a", "timer", "normal", new BigDecimal("4.9E9")),
                    life.runs.first("heartbeat-open", "a"))
                .heartbeatId())
        .isNotNull();
    assertThat(beats("b", 2)).isTrue();
  }

  @Test
  void doesNotWaitForAgentsThatDoNotLive() {
    lives("gone", "a");
    beats("busy", 1);
    beats("gone", 1);
    life.agents.moveTo("gone", AgentState.STOPPED);

    assertThat(beats("a", 2)).isTrue();
  }

  @Test
  void takesABeatThatIsOpenLongerThanAnyMayBeForNobodys() {
    beats("a", 1);
    life.clock.advance(Duration.ofHours(1));

    assertThat(beats("b", 1)).isTrue();
  }

  @Test
  void letsABeatThatRecoversTakeThePlaceOfTheOneThatCrashed() {
    beats("a", 2);
    beats("b", 2);

    Opening.Opened again = open("a", "normal", 1);

    assertThat(again.mode()).isEqualTo("recovery");
    assertThat(again.outcome()).isNull();
  }

  @Test
  void neverOpensMoreThanTheLimitAtOnce() throws Exception {
    int agents = 12;
    try (ExecutorService threads = Executors.newFixedThreadPool(agents)) {
      List<Callable<Boolean>> herd =
          IntStream.range(0, agents)
              .<Callable<Boolean>>mapToObj(number -> () -> beats("agent" + number, 3))
              .toList();
      long opened = 0;
      for (Future<Boolean> one : threads.invokeAll(herd)) {
        opened += one.get() ? 1 : 0;
      }
      assertThat(opened).isEqualTo(3);
    }
  }

  /** One beat each, in this order. */
  private void lives(String... agents) {
    for (String agent : agents) {
      assertThat(beats(agent, null)).isTrue();
      close(agent);
    }
  }

  private boolean beats(String agentId, @Nullable Integer beatsAtOnce) {
    life.clock.advance(Duration.ofSeconds(1));
    return open(agentId, "normal", beatsAtOnce).heartbeatId() != null;
  }

  private Opening.Opened open(String agentId, String tier, @Nullable Integer beatsAtOnce) {
    return life.opening.open(
        new Opening.OpenBeat(
            agentId, "timer", tier, beatsAtOnce == null ? null : new BigDecimal(beatsAtOnce)),
        life.runs.first("heartbeat-open", agentId));
  }

  private void close(String agentId) {
    String id = life.beats.open(agentId).orElseThrow().heartbeatId();
    life.database
        .transactions()
        .executeWithoutResult(status -> life.beats.end(agentId, id, BeatState.CLOSED, null));
  }
}
