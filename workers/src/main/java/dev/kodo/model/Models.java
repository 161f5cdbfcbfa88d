package dev.kodo.model;

import dev.kodo.process.ErrorCode;
import dev.kodo.worker.JobFailure;
import dev.kodo.worker.JobRun;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Asks the providers of the class that the job names. Every call happens at most once for one
 * element instance.
 */
@Component
public class Models implements ModelPort {
  private final Providers providers;
  private final ModelCalls calls;
  private final Dialects dialects;
  private final CallLog log;
  private final Failover failover;
  private final AnswerReader reader = new AnswerReader();

  Models(Providers providers, ModelCalls calls, Dialects dialects, Clock clock) {
    this.providers = providers;
    this.calls = calls;
    this.dialects = dialects;
    this.log = new CallLog(calls, clock);
    this.failover = new Failover(log, clock);
  }

  /** The model that answers when all is well and nobody asks for another class. */
  public ModelDescription describe() {
    return providers.first().description();
  }

  /** How all providers are, class by class in order of preference. */
  public List<ProviderStatus> status() {
    return providers.status(dialects::of);
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
   *     refuses the call, at once when all are too slow for it; {@link ErrorCode#BUDGET_EXCEEDED}
   *     when a cap leaves no room for it; {@link ErrorCode#MODEL_ANSWER_INVALID} when the repaired
   *     answer does not fit either; {@link ErrorCode#OUTCOME_UNKNOWN} when calls may have happened
   *     without an answer and no other provider is left; {@link ErrorCode#CHOICE_UNREADABLE}
   *     instead of the last two, and of being too slow, where a decision table can choose
   */
  @Override
  public <A extends Record> Answer<A> ask(JobRun run, Question<A> question) {
    List<Provider> list = providers.of(ModelClass.of(run.identity().modelClass()));
    return new Conversation<>(run, question, list, failover, log, reader, dialects).answer();
  }
}
