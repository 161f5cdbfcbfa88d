package dev.kodo.model;

import dev.kodo.model.http.OutcomeUnknown;
import dev.kodo.process.ErrorCode;
import dev.kodo.worker.CallRefused;
import dev.kodo.worker.JobFailure;
import dev.kodo.worker.StoredCall;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a question to one provider after the other until one answers. No provider is asked twice
 * about an outcome that is unknown, and nobody is asked when an earlier delivery of the job has the
 * answer. A part of an answer is an answer when the question can use it.
 */
final class Failover {
  private static final Logger LOG = LoggerFactory.getLogger(Failover.class);

  private final CallLog log;
  private final Clock clock;

  Failover(CallLog log, Clock clock) {
    this.log = log;
    this.clock = clock;
  }

  /**
   * @param order places in the list, the first to ask first
   * @throws JobFailure when nobody answered
   */
  StoredCall<RawAnswer> ask(Inquiry inquiry, List<Provider> providers, List<Integer> order) {
    return inquiry
        .run()
        .storedCall(inquiry.name(), RawAnswer.class)
        .orElseGet(() -> walk(inquiry, providers, order));
  }

  private StoredCall<RawAnswer> walk(
      Inquiry inquiry, List<Provider> providers, List<Integer> order) {
    Setbacks setbacks = new Setbacks();
    for (int place : order) {
      Attempt attempt = new Attempt(inquiry, place, providers.get(place), clock.instant());
      try {
        return answered(attempt);
      } catch (CallRefused refused) {
        log.refused(attempt, refused);
        tell(attempt, refused);
        setbacks.refused(attempt.provider(), refused);
      } catch (JobFailure failure) {
        if (!isLost(failure)) {
          throw failure;
        }
        log.unknown(attempt, failure);
        tell(attempt, failure);
        setbacks.lost(attempt.provider(), failure);
      }
    }
    throw setbacks.outcome();
  }

  private StoredCall<RawAnswer> answered(Attempt attempt) {
    RawAnswer answer =
        attempt.inquiry().run().callOnce(attempt.step(), RawAnswer.class, () -> permitted(attempt));
    return new StoredCall<>(attempt.step(), answer);
  }

  private RawAnswer permitted(Attempt attempt) {
    Provider provider = attempt.provider();
    if (!provider.breaker().permits()) {
      throw new ProviderRefused(
          new Consequence.Resting(),
          "It is left alone for a while after a failure: "
              + provider.breaker().lastFailure().orElse("another call is its trial"),
          null,
          null);
    }
    try {
      RawAnswer answer = timed(provider, attempt.inquiry().call(attempt.place()));
      if (answer.brokenOff() && !attempt.inquiry().fits(answer)) {
        throw new SettledUnknown(answer, answer.cutByUs());
      }
      if (answer.unusable()) {
        provider.failed("The answer " + answer.fault() + ".", Duration.ZERO);
      } else {
        provider.breaker().succeeded();
      }
      return answer;
    } catch (RuntimeException | Error thrown) {
      blame(provider, thrown);
      throw thrown;
    }
  }

  private RawAnswer timed(Provider provider, ModelCall call) {
    Instant begun = clock.instant();
    RawAnswer answer = provider.model().reply(call);
    long millis = Math.max(0, Duration.between(begun, clock.instant()).toMillis());
    LOG.info(
        "{} answered by {}{} in {} ms",
        answer.purpose(),
        provider.name(),
        answer.by().rehearsal() ? " (rule-based stand-in, no language model)" : "",
        millis);
    return answer.lasting(millis);
  }

  private static void blame(Provider provider, Throwable thrown) {
    switch (thrown) {
      case ProviderRefused refused when refused.consequence() instanceof Consequence.Failing f ->
          provider.failed(refused.reason(), f.rest());
      case CallRefused refused -> provider.breaker().spared();
      case OutcomeUnknown unknown when unknown.givenUp() -> provider.breaker().spared();
      case SettledUnknown unknown when unknown.ours() -> provider.breaker().spared();
      default -> provider.failed(String.valueOf(thrown.getMessage()), Duration.ZERO);
    }
  }

  private static void tell(Attempt attempt, JobFailure failure) {
    LOG.info(
        "{}: no answer by {}: {}",
        attempt.inquiry().question().purpose().id(),
        attempt.provider().name(),
        failure.reason());
  }

  private static boolean isLost(JobFailure failure) {
    return failure.meaning().equals(new JobFailure.Meaning.Throw(ErrorCode.OUTCOME_UNKNOWN));
  }
}
