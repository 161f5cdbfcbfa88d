package dev.kodo.model;

import dev.kodo.process.ErrorCode;
import dev.kodo.worker.JobFailure;
import dev.kodo.worker.JobRun;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Asks the configured model. Every call happens at most once for one element instance. */
@Component
public class Models implements ModelPort {
  private static final Logger LOG = LoggerFactory.getLogger(Models.class);
  private static final String ASK = "ask";
  private static final String REPAIR = "repair";

  private final LanguageModel model;
  private final ModelCalls calls;
  private final Clock clock;
  private final AnswerReader reader = new AnswerReader();

  Models(LanguageModel model, ModelCalls calls, Clock clock) {
    this.model = model;
    this.calls = calls;
    this.clock = clock;
  }

  public ModelDescription describe() {
    return model.describe();
  }

  /** What the calls of one heartbeat took until now. */
  public HeartbeatUse useOf(String agentId, String heartbeatId) {
    return calls.useOf(agentId, heartbeatId);
  }

  /**
   * Asks one question; a job asks at most one. An answer that does not fit gets one repair attempt.
   *
   * @throws JobFailure retry and then {@link ErrorCode#MODEL_UNAVAILABLE} when the endpoint refuses
   *     the call; {@link ErrorCode#MODEL_ANSWER_INVALID} when the repaired answer does not fit
   *     either; {@link ErrorCode#OUTCOME_UNKNOWN} when a call may have happened without an answer
   */
  @Override
  public <A extends Record> Answer<A> ask(JobRun run, Question<A> question) {
    RawAnswer first = call(run, ASK, question, null);
    return switch (reader.read(first, question.answerType())) {
      case Reading.Valid<A> valid -> {
        record(run, ASK, question, CallState.ANSWERED, use(first));
        yield new Answer<>(valid.value(), use(first));
      }
      case Reading.Invalid<A> invalid -> {
        record(run, ASK, question, CallState.INVALID, use(first));
        LOG.info("{}: the answer {}; asking once more", question.purpose().id(), invalid.fault());
        yield repaired(run, question, first, invalid.fault());
      }
    };
  }

  private <A extends Record> Answer<A> repaired(
      JobRun run, Question<A> question, RawAnswer first, String fault) {
    RawAnswer second = call(run, REPAIR, question, new ModelCall.Repair(first.text(), fault));
    return switch (reader.read(second, question.answerType())) {
      case Reading.Valid<A> valid -> {
        record(run, REPAIR, question, CallState.REPAIRED, use(second));
        yield new Answer<>(valid.value(), sum(use(first), use(second)));
      }
      case Reading.Invalid<A> invalid -> {
        record(run, REPAIR, question, CallState.INVALID, use(second));
        throw JobFailure.bpmnError(
            ErrorCode.MODEL_ANSWER_INVALID,
            invalidMessage(question, second, invalid.fault()),
            null);
      }
    };
  }

  private String invalidMessage(Question<?> question, RawAnswer answer, String fault) {
    String begin = Characters.excerpt(answer.text(), 60);
    return "The answer of %s to %s %s, also after one repair attempt%s. Try a more capable model (model.name)."
        .formatted(
            model.describe().name(),
            question.purpose().id(),
            fault,
            begin.isEmpty() ? "" : "; it begins with: " + begin);
  }

  private RawAnswer call(
      JobRun run, String step, Question<?> question, ModelCall.@Nullable Repair repair) {
    ModelCall call = new ModelCall(run.effectKey(step).text(), question, repair);
    Instant begun = clock.instant();
    RawAnswer answer;
    try {
      answer = run.callOnce(step, RawAnswer.class, () -> timed(call));
    } catch (JobFailure failure) {
      recordFailure(run, step, question, failure, begun);
      throw failure;
    }
    if (!answer.purpose().equals(question.purpose().id())) {
      throw new IllegalStateException(
          "Expected one question in a job but %s was asked for %s after %s"
              .formatted(run.identity().jobType(), question.purpose().id(), answer.purpose()));
    }
    return answer;
  }

  private RawAnswer timed(ModelCall call) {
    Instant begun = clock.instant();
    RawAnswer answer = model.reply(call);
    RawAnswer timed = answer.lasting(millisSince(begun));
    LOG.info(
        "{} answered by {}{} in {} ms",
        answer.purpose(),
        model.describe().name(),
        model.describe().rehearsal() ? " (rule-based stand-in, no language model)" : "",
        timed.durationMs());
    return timed;
  }

  private void recordFailure(
      JobRun run, String step, Question<?> question, JobFailure failure, Instant begun) {
    switch (failure.meaning()) {
      case JobFailure.Meaning.Retry refused ->
          record(run, step, question, CallState.REFUSED, withoutAnswer(BigDecimal.ZERO, begun));
      case JobFailure.Meaning.Throw thrown ->
          record(run, step, question, CallState.UNKNOWN, withoutAnswer(null, begun));
      case JobFailure.Meaning.Postpone postponed -> {}
      case JobFailure.Meaning.Abandon abandoned -> {}
    }
  }

  private void record(
      JobRun run, String step, Question<?> question, CallState state, ModelUse use) {
    calls.record(
        new ModelCalls.Entry(
            run.effectKey(step).text(),
            run.agentId(),
            question.heartbeatId(),
            question.purpose(),
            state,
            use));
  }

  private static ModelUse use(RawAnswer answer) {
    return use(
        answer.by(),
        answer.inputTokens(),
        answer.outputTokens(),
        answer.by().rehearsal() ? BigDecimal.ZERO : null,
        answer.durationMs());
  }

  private ModelUse withoutAnswer(@Nullable BigDecimal cost, Instant begun) {
    ModelDescription who = model.describe();
    return use(who, 0, 0, who.rehearsal() ? BigDecimal.ZERO : cost, millisSince(begun));
  }

  private static ModelUse use(
      ModelDescription who, int input, int output, @Nullable BigDecimal cost, long millis) {
    return new ModelUse(who.provider(), who.name(), who.rehearsal(), input, output, cost, millis);
  }

  private long millisSince(Instant begun) {
    return Math.max(0, Duration.between(begun, clock.instant()).toMillis());
  }

  private static ModelUse sum(ModelUse first, ModelUse second) {
    @Nullable BigDecimal one = first.costUsd();
    @Nullable BigDecimal other = second.costUsd();
    return new ModelUse(
        second.provider(),
        second.model(),
        second.rehearsal(),
        first.inputTokens() + second.inputTokens(),
        first.outputTokens() + second.outputTokens(),
        one == null || other == null ? null : one.add(other),
        first.durationMs() + second.durationMs());
  }
}
