package dev.kodo.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kodo.testing.SettableClock;
import dev.kodo.testing.TestDatabase;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DuplicateKeyException;

class BeatStoreTest {
  private final TestDatabase database = TestDatabase.fresh();
  private final SettableClock clock = new SettableClock("2026-01-31T09:30:00Z");
  private final BeatStore beats = new BeatStore(database.jdbc(), clock);
  private int opened;
  private long forgivenUntil;

  @Test
  void letsAnAgentHaveOneOpenBeatOnly() {
    open();

    assertThatThrownBy(this::open).isInstanceOf(DuplicateKeyException.class);
  }

  @Test
  void countsTheSameErrorInARow() {
    endWith("MODEL_UNAVAILABLE");
    endWith("TIME_IS_UP");
    endWith("TIME_IS_UP");
    assertThat(beats.sameErrorCount("main", forgivenUntil)).isEqualTo(2);

    endWith(null);
    assertThat(beats.sameErrorCount("main", forgivenUntil)).as("a good beat ends the row").isZero();

    for (int beat = 1; beat <= 4; beat++) {
      endWith("TIME_IS_UP");
      assertThat(beats.sameErrorCount("main", forgivenUntil)).isEqualTo(beat);
    }
  }

  @Test
  void countsNoErrorsThatWereForgiven() {
    endWith("TIME_IS_UP");
    endWith("TIME_IS_UP");
    forgivenUntil = beats.recent("main", 1).getFirst().seq();
    assertThat(beats.sameErrorCount("main", forgivenUntil)).isZero();

    endWith("TIME_IS_UP");
    assertThat(beats.sameErrorCount("main", forgivenUntil)).isEqualTo(1);
  }

  @Test
  void endsABeatOnce() {
    String id = open();
    beats.end("main", id, BeatState.CRASHED, null);
    beats.end("main", id, BeatState.CLOSED, null);

    assertThat(beats.get("main", id).state()).isEqualTo(BeatState.CRASHED);
  }

  private void endWith(@Nullable String errorCode) {
    String id = open();
    beats.end(
        "main",
        id,
        errorCode == null ? BeatState.CLOSED : BeatState.FAILED,
        errorCode == null ? null : new BeatStore.Trouble(errorCode, "for the test"));
  }

  private String open() {
    clock.advance(Duration.ofMinutes(1));
    String id = "%014d".formatted(20260131000000L + ++opened);
    beats.insertOpen(
        new Beat(
            0,
            "main",
            id,
            opened,
            "normal",
            "timer",
            BeatState.OPEN,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            clock.instant(),
            null));
    return id;
  }
}
