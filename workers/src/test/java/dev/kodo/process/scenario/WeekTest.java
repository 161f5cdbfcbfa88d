package dev.kodo.process.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kodo.testing.SettableClock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A week of one agent: 336 beats on the real diagrams and the controllable clock. */
@Tag("slow")
class WeekTest {
  private static final long SEED = Long.getLong("kodo.seed", 20260101L);

  @Test
  void livesAWeekWithoutLosingABeat() {
    System.out.println("seed " + SEED);
    FakeBody body = new FakeBody(new SettableClock("2026-01-01T00:00:00Z"), new Random(SEED));
    long started = System.nanoTime();
    try (ScenarioEngine engine = ScenarioEngine.start()) {
      // when
      WeekRecord week = new Week(engine, body).live("main");

      // then
      System.out.println(
          "a week took " + Duration.ofNanos(System.nanoTime() - started).toSeconds() + " s");
      assertThat(week.beats()).hasSize(Week.BEATS);
      assertThat(week.mostBeatsAtOnce()).isEqualTo(1);
      assertThat(week.logged()).isEqualTo(week.beats());
      assertThat(week.closed()).isEqualTo(week.beats());
      assertThat(week.incidents()).isZero();
      assertThemesAlternate(week.themes());

      FakeAgent agent = body.agent("main");
      assertThat(agent.heartbeatIds()).hasSize(Week.BEATS).doesNotHaveDuplicates();
      assertThat(agent.logged()).containsExactlyInAnyOrderElementsOf(agent.heartbeatIds());
      assertThat(agent.endedThemes())
          .isEqualTo(
              agent
                  .startedThemes()
                  .subList(0, agent.startedThemes().size() - (agent.hasTheme() ? 1 : 0)));
    }
  }

  /** Every theme start has its end, but for the last, which may still run. */
  private static void assertThemesAlternate(List<String> themes) {
    assertThat(themes).hasSizeGreaterThan(20);
    for (int i = 0; i < themes.size(); i++) {
      assertThat(themes.get(i))
          .as("change of theme no. %d", i)
          .isEqualTo(i % 2 == 0 ? "start" : "end");
    }
  }
}
