package dev.kodo.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kodo.process.ErrorCode;
import dev.kodo.testing.SettableClock;
import dev.kodo.testing.TestDatabase;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class JobRunTest {
  private final TestDatabase database = TestDatabase.fresh();
  private final SettableClock clock = new SettableClock("2026-01-31T09:30:00Z");
  private final JobRuns runs = new JobRuns(database, clock, new ObjectMapper());
  private final AtomicInteger calls = new AtomicInteger();

  record Said(String text) {}

  private Said call() {
    return new Said("answer " + calls.incrementAndGet());
  }

  @Test
  void returnsTheStoredResultToALaterDelivery() {
    JobRun first = runs.first("ask");
    first.callOnce("ask", Said.class, this::call);

    Said second = runs.again(first).callOnce("ask", Said.class, this::call);

    assertThat(second).isEqualTo(new Said("answer 1"));
    assertThat(calls).hasValue(1);
  }

  @Test
  void neverRepeatsACallThatWasUnderWayWhenTheBodyDied() {
    JobRun first = runs.first("ask");
    assertThatThrownBy(
            () ->
                first.callOnce(
                    "ask",
                    Said.class,
                    () -> {
                      call();
                      throw new DiedHere();
                    }))
        .isInstanceOf(DiedHere.class);

    assertThatThrownBy(() -> runs.again(first).callOnce("ask", Said.class, this::call))
        .isInstanceOfSatisfying(
            JobFailure.class,
            failure ->
                assertThat(failure.meaning())
                    .isEqualTo(new JobFailure.Meaning.Throw(ErrorCode.OUTCOME_UNKNOWN)));
    assertThat(calls).hasValue(1);
    assertThat(effectStates()).isEqualTo("unknown");
  }

  /** An Error passes the ledger like a death of the process: nothing is written after it. */
  private static final class DiedHere extends Error {}

  @Test
  void recordsAnUnknownOutcomeWhenTheCallBreaksOff() {
    JobRun first = runs.first("ask");
    assertThatThrownBy(
            () ->
                first.callOnce(
                    "ask",
                    Said.class,
                    () -> {
                      throw new IllegalStateException("connection cut");
                    }))
        .hasMessageContaining("connection cut")
        .hasMessageContaining("not repeated");

    assertThat(effectStates()).isEqualTo("unknown");
  }

  @Test
  void allowsACallAgainThatCertainlyHadNoEffect() {
    JobRun first = runs.first("ask");
    assertThatThrownBy(
            () ->
                first.callOnce(
                    "ask",
                    Said.class,
                    () -> {
                      throw new CallRefused(ErrorCode.MODEL_UNAVAILABLE, "refused", null);
                    }))
        .isInstanceOf(CallRefused.class);

    assertThat(runs.again(first).callOnce("ask", Said.class, this::call))
        .isEqualTo(new Said("answer 1"));
  }

  @Test
  void storesTheResultAndTheRowsOfAFeatureTogetherOrNotAtAll() {
    JobRun run = runs.first("write");
    assertThatThrownBy(
            () ->
                run.commit(
                    () -> {
                      database.jdbc().sql("update agent set state = 'retired'").update();
                      throw new IllegalStateException("after the row");
                    }))
        .hasMessage("after the row");

    assertThat(database.jdbc().sql("select state from agent").query(String.class).single())
        .isEqualTo("running");
    assertThat(run.committed()).isFalse();
  }

  @Test
  void refusesToFinishAJobThatAnotherDeliveryTookOver() {
    JobRun first = runs.first("write");
    runs.again(first);

    assertThatThrownBy(() -> first.commit(() -> new Said("late")))
        .isInstanceOfSatisfying(
            JobFailure.class,
            failure -> assertThat(failure.meaning()).isEqualTo(new JobFailure.Meaning.Abandon()));
  }

  private String effectStates() {
    return database
        .jdbc()
        .sql("select state from effect where step = 'ask'")
        .query(String.class)
        .single();
  }
}
