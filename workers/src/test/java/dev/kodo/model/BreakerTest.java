package dev.kodo.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kodo.testing.SettableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BreakerTest {
  private final SettableClock clock = new SettableClock("2026-11-21T08:00:00Z");
  private final Breaker breaker = new Breaker("p/m", clock);

  @Test
  void opensOnFailuresInARowOnly() {
    fail(2);
    call().succeeded();
    fail(2);
    assertThat(breaker.state()).isEqualTo(Breaker.State.CLOSED);

    fail(1);
    assertThat(breaker.state()).isEqualTo(Breaker.State.OPEN);
    assertThat(breaker.permits()).isFalse();
    assertThat(breaker.untilPermitted()).isEqualTo(Breaker.OPEN_FOR.plusMillis(1));
  }

  @Test
  void countsNoCallThatSaysNothingAboutTheProvider() {
    fail(2);
    call().spared();
    fail(1);

    assertThat(breaker.state()).isEqualTo(Breaker.State.OPEN);
  }

  @Test
  void letsOneTrialThroughAtATime() {
    fail(3);
    clock.advance(breaker.untilPermitted());
    assertThat(breaker.state()).isEqualTo(Breaker.State.HALF_OPEN);

    assertThat(breaker.permits()).isTrue();
    assertThat(breaker.permits()).as("a second trial").isFalse();
    breaker.spared();
    assertThat(breaker.permits()).as("a trial that said nothing").isTrue();
    breaker.succeeded();

    assertThat(breaker.state()).isEqualTo(Breaker.State.CLOSED);
  }

  @Test
  void opensAgainWhenTheTrialFails() {
    fail(3);
    clock.advance(breaker.untilPermitted());
    fail(1);

    assertThat(breaker.state()).isEqualTo(Breaker.State.OPEN);
    assertThat(breaker.untilPermitted()).isEqualTo(Breaker.OPEN_FOR.plusMillis(1));
  }

  @Test
  void restsAsLongAsItIsAskedToButNoLongerThanAnHour() {
    call().failed("slowly", Duration.ofSeconds(90));
    assertThat(breaker.untilPermitted()).isEqualTo(Duration.ofMillis(90_001));
    breaker.failed("a late answer", Duration.ofSeconds(5));
    assertThat(breaker.untilPermitted()).isEqualTo(Duration.ofMillis(90_001));

    breaker.failed("a late answer", Duration.ofDays(400));
    assertThat(breaker.untilPermitted()).isEqualTo(Breaker.LONGEST_REST.plusMillis(1));
    clock.advance(breaker.untilPermitted());
    assertThat(breaker.permits()).isTrue();
  }

  @Test
  void remembersTheLastFailureInOneLine() {
    assertThat(breaker.lastFailure()).isEmpty();
    call().failed("a\nb\u001b[31m " + "x".repeat(1000), Duration.ZERO);

    assertThat(breaker.lastFailure().orElseThrow())
        .startsWith("2026-11-21T08:00:00Z a b[31m x")
        .hasSizeLessThan(230);
  }

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      call().failed("no", Duration.ZERO);
    }
  }

  private Breaker call() {
    assertThat(breaker.permits()).isTrue();
    return breaker;
  }
}
