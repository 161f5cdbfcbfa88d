package dev.kodo.survival;

import dev.kodo.process.ErrorCode;
import dev.kodo.worker.JobFailure;
import dev.kodo.worker.JobRun;
import dev.kodo.worker.JobStep;
import dev.kodo.worker.JobSteps;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The jobs of the {@code survival-check} diagram. */
@Component
class SurvivalCheckWorker implements JobSteps {
  private final SpendMeter meter;
  private final BeatNeed need;
  private final Tiers tiers;

  SurvivalCheckWorker(SpendMeter meter, BeatNeed need, Tiers tiers) {
    this.meter = meter;
    this.need = need;
    this.tiers = tiers;
  }

  record OfAgent(String agentId) {}

  /**
   * What was measured.
   *
   * @param beatNeed US dollars that one beat may need, null where nothing is metered
   */
  record Measured(Spending spending, @Nullable BigDecimal beatNeed) {}

  record Decide(String agentId, Spending spending, @Nullable TierDecision decided) {}

  record Keep(String agentId, @Nullable String errorMessage) {}

  /**
   * The tier as the diagrams use it.
   *
   * @param share null when it could not be measured
   */
  record Known(String tier, String modelClass, long tierNumber, @Nullable BigDecimal share) {
    static Known of(Standing standing, @Nullable BigDecimal share) {
      return new Known(standing.tier(), standing.modelClass(), standing.tierNumber(), share);
    }
  }

  @Override
  public List<JobStep<?, ?>> steps() {
    return List.of(
        new JobStep<>(
            "survival-measure",
            "Measure spending",
            "Asks the guard how much of the budget is spent, and estimates what a beat may need.",
            OfAgent.class,
            Measured.class,
            Set.of(ErrorCode.SPENDING_UNKNOWN),
            this::measure),
        new JobStep<>(
            "survival-record",
            "Record tier",
            "Keeps the measurement and the decided tier, with a row of history when it changed.",
            Decide.class,
            Known.class,
            Set.of(),
            this::record),
        new JobStep<>(
            "survival-keep",
            "Keep last tier",
            "Keeps the last tier because the spending could not be measured.",
            Keep.class,
            Known.class,
            Set.of(),
            this::keep));
  }

  private Measured measure(OfAgent input, JobRun run) {
    return switch (meter.measure(input.agentId())) {
      case Measurement.Measured measured ->
          new Measured(measured.spending(), need.in(measured.spending()));
      case Measurement.Unknown unknown ->
          throw JobFailure.retryThenThrow(
              ErrorCode.SPENDING_UNKNOWN, Duration.ZERO, unknown.reason());
    };
  }

  private Known record(Decide input, JobRun run) {
    return run.commit(
        () ->
            Known.of(
                tiers.record(input.agentId(), input.spending(), input.decided()),
                input.spending().share()));
  }

  private Known keep(Keep input, JobRun run) {
    String reason =
        input.errorMessage() == null ? "The spending is unknown." : input.errorMessage();
    return run.commit(() -> Known.of(tiers.keep(input.agentId(), reason), null));
  }
}
