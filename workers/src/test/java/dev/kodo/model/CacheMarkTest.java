package dev.kodo.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kodo.testing.SettableClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CacheMarkTest {
  private static final Prompt LONG = prompt("x".repeat(6_000));

  private final SettableClock clock = new SettableClock("2026-11-21T08:00:00Z");
  private final CacheMark mark = new CacheMark(clock);

  @Test
  void marksTheFrontOfAChoiceAndOfTheWorkThatFollowsIt() {
    assertThat(length(LONG, Purpose.CHOOSE_ACTIVITY)).isEqualTo(LONG.lasting());

    clock.advance(Duration.ofSeconds(20));

    assertThat(length(LONG, Purpose.THINK)).isEqualTo(LONG.lasting());
    assertThat(length(prompt("y".repeat(6_000)), Purpose.THINK)).as("another front").isZero();
  }

  @Test
  void doesNotMarkAWorkThatNoChoiceWrote() {
    assertThat(length(LONG, Purpose.THINK)).isZero();
  }

  @Test
  void doesNotMarkAWorkAfterTheCacheHasDied() {
    length(LONG, Purpose.CHOOSE_ACTIVITY);
    clock.advance(Duration.ofMinutes(6));

    assertThat(length(LONG, Purpose.THINK)).isZero();
  }

  @Test
  void doesNotMarkWhatTheProviderWouldNotWrite() {
    assertThat(length(prompt("x".repeat(3_000)), Purpose.CHOOSE_ACTIVITY)).isZero();
  }

  @Test
  void doesNotMarkWhereAMarkSavesNothing() {
    assertThat(mark.length(LONG, Purpose.CHOOSE_ACTIVITY, true, true, null))
        .as("a schema stands in front")
        .isZero();
    assertThat(mark.length(LONG, Purpose.CHOOSE_ACTIVITY, false, false, null))
        .as("nothing is paid")
        .isZero();
  }

  private int length(Prompt prompt, Purpose purpose) {
    return mark.length(prompt, purpose, false, true, null);
  }

  private static Prompt prompt(String front) {
    return new Prompt("", List.of(front + "\n\nWhat now?"), front.length());
  }
}
