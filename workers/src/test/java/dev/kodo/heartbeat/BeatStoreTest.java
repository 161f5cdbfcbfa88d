package dev.kodo.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kodo.testing.SettableClock;
import dev.kodo.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
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
  void doesNotCountABudgetThatIsUsedUp() {
    for (int beat = 0; beat < 4; beat++) {
      endWith("BUDGET_EXCEEDED");
    }
    assertThat(beats.sameErrorCount("main", forgivenUntil)).isZero();
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
    assertThat(beats.end("main", id, BeatState.CRASHED, null)).isTrue();
    assertThat(beats.end("main", id, BeatState.CLOSED, null)).as("a second end").isFalse();

    assertThat(beats.get("main", id).state()).isEqualTo(BeatState.CRASHED);
  }

  /**
   * Without taking turns, the later number could be committed first; a reader whose cursor passed
   * it would never see the earlier one.
   */
  @Test
  void showsNoBeatBeforeAllThatEndedEarlier() throws Exception {
    database.jdbc().sql("insert into agent values ('other', 'running', 0, now())").update();
    String first = open("main");
    String second = open("other");
    CountDownLatch numbered = new CountDownLatch(1);
    CountDownLatch mayCommit = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> slow =
          threads.submit(
              () ->
                  database
                      .transactions()
                      .executeWithoutResult(
                          status -> {
                            beats.end("main", first, BeatState.CLOSED, null);
                            numbered.countDown();
                            await(mayCommit);
                          }));
      assertThat(numbered.await(30, TimeUnit.SECONDS)).isTrue();
      Future<?> quick =
          threads.submit(
              () ->
                  database
                      .transactions()
                      .executeWithoutResult(
                          status -> beats.end("other", second, BeatState.CLOSED, null)));
      Awaitility.await("the second end waits for its turn, or is through")
          .until(() -> quick.isDone() || aTurnIsWaitedFor());

      List<String> seenEarly = beats.endedAfter(0, 10).stream().map(Beat::agentId).toList();
      mayCommit.countDown();
      slow.get(30, TimeUnit.SECONDS);
      quick.get(30, TimeUnit.SECONDS);

      assertThat(seenEarly).as("before the first end is committed").isEmpty();
      assertThat(beats.endedAfter(0, 10))
          .extracting(Beat::agentId)
          .containsExactly("main", "other");
    }
  }

  private boolean aTurnIsWaitedFor() {
    return database
        .jdbc()
        .sql("select exists (select from pg_locks where locktype = 'advisory' and not granted)")
        .query(Boolean.class)
        .single();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Test
  void findsTheNewestBeatsThatClosed() {
    endWith(null);
    endWith(null);
    endWith("TIME_IS_UP");

    assertThat(beats.newestClosed(5)).extracting(Beat::state).containsOnly(BeatState.CLOSED);
    assertThat(beats.newestClosed(5)).hasSize(2);
    assertThat(beats.newestClosed(1).getFirst().heartbeatId()).isEqualTo("20260131000002");
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
    return open("main");
  }

  private String open(String agentId) {
    clock.advance(Duration.ofMinutes(1));
    String id = "%014d".formatted(20260131000000L + ++opened);
    beats.insertOpen(Beat.opened(agentId, id, opened, "normal", "timer", null, clock.instant()));
    return id;
  }
}
