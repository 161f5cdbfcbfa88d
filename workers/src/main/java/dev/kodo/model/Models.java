package dev.kodo.model;

import dev.kodo.process.ErrorCode;
import dev.kodo.worker.JobFailure;
import dev.kodo.worker.JobRun;
import dev.kodo.worker.StoredCall;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Asks the providers of the class that the job names. Every call happens at most once for one
 * element instance.
 */
@Component
public class Models implements ModelPort {
  private static final Logger LOG = LoggerFactory.getLogger(Models.class);
  private static final String ASK = "ask";
  private static final String REPAIR = "repair";

  private final Providers providers;
  private final ModelCalls calls;
  private final CallLog log;
  private final Failover failover;
  private final AnswerReader reader = new AnswerReader();

  Models(Providers providers, ModelCalls calls, Clock clock) {
    this.providers = providers;
    this.calls = calls;
    this.log = new CallLog(calls, clock);
    this.failover = new Failover(log, clock);
  }

  /** The model that answers when all is well and nobody asks for another class. */
  public ModelDescription describe() {
    return providers.first().description();
  }

  /** How all providers are, class by class in order of preference. */
  public List<ProviderStatus> status() {
    return providers.status();
  }

  /** What the calls of one heartbeat took until now. */
  public HeartbeatUse useOf(String agentId, String heartbeatId) {
    return calls.useOf(agentId, heartbeatId);
  }

  /** What the dearest of these heartbeats cost, in US dollars; zero when no cost is known. */
  public BigDecimal dearestOf(List<HeartbeatName> heartbeats) {
    return calls.dearestOf(heartbeats);
  }

  /**
   * Asks one question; a job asks at most one. An answer that does not fit gets one repair attempt.
   *
   * @throws JobFailure retry and then {@link ErrorCode#MODEL_UNAVAILABLE} when every provider
   *     refuses the call; {@link ErrorCode#BUDGET_EXCEEDED} when a cap leaves no room for it;
   *     {@link ErrorCode#MODEL_ANSWER_INVALID} when the repaired answer does not fit either; {@link
   *     ErrorCode#OUTCOME_UNKNOWN} when calls may have happened without an answer and no other
   *     provider is left
   */
  @Override
  public <A extends Record> Answer<A> ask(JobRun run, Question<A> question) {
    List<Provider> list = providers.of(ModelClass.of(run.identity().modelClass()));
    Inquiry inquiry = new Inquiry(run, ASK, question, null);
    StoredCall<RawAnswer> said = ask(inquiry, list, places(list));
    return switch (read(said.result(), question)) {
      case Reading.Valid<A> valid -> {
        log.answered(inquiry, said, CallState.ANSWERED);
        yield new Answer<>(valid.value(), CallLog.use(said.result()), valid.cut());
      }
      case Reading.Invalid<A> invalid -> {
        log.answered(inquiry, said, CallState.INVALID);
        LOG.info("{}: the answer {}; asking once more", question.purpose().id(), invalid.fault());
        yield repaired(run, question, said, invalid.fault());
      }
    };
  }

  private <A extends Record> Answer<A> repaired(
      JobRun run, Question<A> question, StoredCall<RawAnswer> first, String fault) {
    List<Provider> list = providers.of(ModelClass.of(run.identity().modelClass()));
    ModelCall.Repair repair = new ModelCall.Repair(first.result().text(), fault);
    Inquiry inquiry = new Inquiry(run, REPAIR, question, repair);
    StoredCall<RawAnswer> said = ask(inquiry, list, placesAfter(first, list));
    return switch (read(said.result(), question)) {
      case Reading.Valid<A> valid -> {
        log.answered(inquiry, said, CallState.REPAIRED);
        yield new Answer<>(
            valid.value(),
            sum(CallLog.use(first.result()), CallLog.use(said.result())),
            valid.cut());
      }
      case Reading.Invalid<A> invalid -> {
        log.answered(inquiry, said, CallState.INVALID);
        throw JobFailure.bpmnError(
            ErrorCode.MODEL_ANSWER_INVALID,
            invalidMessage(question, said.result(), invalid.fault()),
            null);
      }
    };
  }

  private <A extends Record> Reading<A> read(RawAnswer said, Question<A> question) {
    return switch (reader.read(said, question)) {
      case Reading.Invalid<A> invalid -> invalid;
      case Reading.Valid<A> valid ->
          question.fault().apply(valid.value()).<Reading<A>>map(Reading.Invalid::new).orElse(valid);
    };
  }

  private StoredCall<RawAnswer> ask(Inquiry inquiry, List<Provider> list, List<Integer> places) {
    StoredCall<RawAnswer> said = failover.ask(inquiry, list, places);
    String purpose = inquiry.question().purpose().id();
    if (!said.result().purpose().equals(purpose)) {
      throw new IllegalStateException(
          "Expected one question in a job but %s was asked for %s after %s"
              .formatted(inquiry.run().identity().jobType(), purpose, said.result().purpose()));
    }
    return said;
  }

  private static List<Integer> places(List<Provider> list) {
    return IntStream.range(0, list.size()).boxed().toList();
  }

  /**
   * Whoever answered repairs first, since the others may be down; but a provider that does not even
   * send an answer in its own format comes last.
   */
  private static List<Integer> placesAfter(StoredCall<RawAnswer> first, List<Provider> list) {
    int answered = Inquiry.place(first.step());
    List<Integer> others = places(list).stream().filter(place -> place != answered).toList();
    Stream<Integer> same = places(list).stream().filter(place -> place == answered);
    return first.result().unusable()
        ? Stream.concat(others.stream(), same).toList()
        : Stream.concat(same, others.stream()).toList();
  }

  private static String invalidMessage(Question<?> question, RawAnswer answer, String fault) {
    String begin = Characters.excerpt(answer.text(), 60);
    return "The answer of %s to %s %s, also after one repair attempt%s. Try a more capable model."
        .formatted(
            answer.by().name(),
            question.purpose().id(),
            fault,
            begin.isEmpty() ? "" : "; it begins with: " + begin);
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
