package dev.kodo.model;

import dev.kodo.model.http.Cost;
import dev.kodo.worker.CallRefused;
import dev.kodo.worker.JobFailure;
import dev.kodo.worker.StoredCall;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Writes down how each call ended, one row for each provider that was asked. */
final class CallLog {
  private static final Cost NOTHING = new Cost(BigDecimal.ZERO, "free");

  private final ModelCalls calls;
  private final Clock clock;

  CallLog(ModelCalls calls, Clock clock) {
    this.calls = calls;
    this.clock = clock;
  }

  /**
   * @param cut why the text ends before its end; null when it is whole
   */
  void answered(Inquiry inquiry, StoredCall<RawAnswer> said, CallState state, @Nullable Cut cut) {
    record(inquiry, said.step(), state, said.result(), cut);
  }

  /** Writes nothing for a provider that was left alone. */
  void refused(Attempt attempt, CallRefused refused) {
    Cost cost = NOTHING;
    if (refused instanceof ProviderRefused known) {
      if (known.consequence() instanceof Consequence.Resting) {
        return;
      }
      cost = known.cost().orElse(NOTHING);
    }
    withoutAnswer(attempt, CallState.REFUSED, cost);
  }

  void unknown(Attempt attempt, JobFailure lost) {
    if (lost.getCause() instanceof SettledUnknown known && known.part().isPresent()) {
      RawAnswer part = known.part().get();
      record(attempt.inquiry(), attempt.step(), CallState.UNKNOWN, part, Cut.of(part.cut()));
      return;
    }
    boolean rehearsal = attempt.provider().description().rehearsal();
    @Nullable Cost settled =
        lost.getCause() instanceof SettledUnknown known ? known.cost().orElse(null) : null;
    withoutAnswer(attempt, CallState.UNKNOWN, rehearsal ? NOTHING : settled);
  }

  /** What one answer took. */
  static ModelUse use(RawAnswer answer) {
    return new ModelUse(
        answer.by().provider(),
        answer.by().name(),
        answer.by().rehearsal(),
        answer.inputTokens(),
        answer.outputTokens(),
        answer.cachedTokens(),
        answer.costUsd(),
        answer.durationMs());
  }

  private void withoutAnswer(Attempt attempt, CallState state, @Nullable Cost cost) {
    ModelDescription who = attempt.provider().description();
    long millis = Math.max(0, Duration.between(attempt.begun(), clock.instant()).toMillis());
    calls.record(
        entry(
            attempt.inquiry(),
            attempt.step(),
            state,
            new ModelUse(
                who.provider(),
                who.name(),
                who.rehearsal(),
                0,
                0,
                null,
                cost == null ? null : cost.usd(),
                millis),
            cost == null ? null : cost.basis()));
  }

  private void record(
      Inquiry inquiry, String step, CallState state, RawAnswer answer, @Nullable Cut cut) {
    ModelCalls.Entry entry = entry(inquiry, step, state, use(answer), answer.costBasis());
    calls.record(
        entry.having(
            answer.thinkingTokens(), cut == null ? null : cut.word(), answer.schemaLevel()));
  }

  private static ModelCalls.Entry entry(
      Inquiry inquiry, String step, CallState state, ModelUse use, @Nullable String basis) {
    return new ModelCalls.Entry(
        inquiry.run().effectKey(step).text(),
        inquiry.run().agentId(),
        inquiry.question().heartbeatId(),
        inquiry.question().purpose(),
        state,
        use,
        basis,
        null,
        null,
        null);
  }
}
