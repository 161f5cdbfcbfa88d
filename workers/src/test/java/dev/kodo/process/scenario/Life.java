package dev.kodo.process.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.camunda.client.api.response.ActivatedJob;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Lets a body live on an engine: it works on jobs, and time passes only when nothing is left. */
public final class Life {
  private static final Duration LONG_ENOUGH = Duration.ofMinutes(1);
  private static final Duration JOB_TIMEOUT = Duration.ofDays(1);

  private final ScenarioEngine engine;
  private final Body body;
  private final OpenJobs jobs;
  private final OpenTimers timers;

  public Life(ScenarioEngine engine, Body body) {
    this.engine = engine;
    this.body = body;
    this.jobs = new OpenJobs(RecordTail.fromHere(engine));
    this.timers = new OpenTimers(RecordTail.fromHere(engine));
  }

  /** Works until neither the engine nor the body has anything to do at this time. */
  void settle() {
    Instant giveUp = Instant.now().plus(LONG_ENOUGH);
    do {
      workOnAll();
      engine.awaitIdle();
      assertThat(Instant.now()).as("the time by which all is done").isBefore(giveUp);
    } while (jobs.next(body).isPresent() || timers.anyDue(engine.now()));
  }

  /** Works until {@code reached}; quicker than {@link #settle} when the end is known. */
  void workUntil(String what, BooleanSupplier reached) {
    await(what)
        .atMost(LONG_ENOUGH)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(2))
        .until(
            () -> {
              workOnAll();
              return reached.getAsBoolean();
            });
  }

  /** Lets time pass, and everything happen that falls due at its end. */
  void pass(Duration duration) {
    settle();
    tick(duration);
    settle();
  }

  /** Moves both clocks, without waiting for what follows. */
  void tick(Duration duration) {
    body.timePasses(duration);
    engine.moveClock(duration);
  }

  private void workOnAll() {
    for (Optional<String> type = jobs.next(body); type.isPresent(); type = jobs.next(body)) {
      work(type.get());
    }
  }

  private void work(String type) {
    List<ActivatedJob> activated =
        engine
            .client()
            .newActivateJobsCommand()
            .jobType(type)
            .maxJobsToActivate(1)
            .timeout(JOB_TIMEOUT)
            .workerName("scenario")
            .send()
            .join()
            .getJobs();
    for (ActivatedJob job : activated) {
      try {
        Objects.requireNonNull(body.handlers().get(type)).handle(engine.client(), job);
      } catch (Exception broken) {
        throw new AssertionError("The body broke on " + type, broken);
      }
    }
  }
}
