package dev.kodo.survival;

import dev.kodo.process.MessageName;
import dev.kodo.process.ProcessEngine;
import dev.kodo.worker.JobRun;
import dev.kodo.worker.JobStep;
import dev.kodo.worker.JobSteps;
import dev.kodo.worker.Nothing;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** The jobs of the {@code survival-monitor} diagram. */
@Component
class SurvivalMonitorWorker implements JobSteps {
  /**
   * As long as a beat may last: an activity that is chosen meanwhile has to hear it too. A beat
   * that opens later knows a newer number and lets it pass.
   */
  private static final Duration NEWS_LIVE = Duration.ofHours(3);

  private final News news;
  private final SurvivalStore store;
  private final ProcessEngine engine;

  SurvivalMonitorWorker(News news, SurvivalStore store, ProcessEngine engine) {
    this.news = news;
    this.store = store;
    this.engine = engine;
  }

  /** {@code alerts} are the steps of the budget that are passed, in percent. */
  record Look(String agentId, List<Integer> alerts) {}

  record OfAgent(String agentId) {}

  @Override
  public List<JobStep<?, ?>> steps() {
    return List.of(
        new JobStep<>(
            "survival-note",
            "Note what is new",
            "Finds out what running beats and the owner have not been told yet.",
            Look.class,
            News.Found.class,
            Set.of(),
            this::note),
        new JobStep<>(
            "survival-tell",
            "Tell running beat",
            "Tells the running beat that the tier changed.",
            OfAgent.class,
            Nothing.class,
            Set.of(),
            this::tell));
  }

  private News.Found note(Look input, JobRun run) {
    return run.commit(() -> news.find(input.agentId(), input.alerts()));
  }

  private Nothing tell(OfAgent input, JobRun run) {
    Standing standing = store.find(input.agentId()).orElseThrow();
    engine.publishOnce(
        MessageName.TIER_CHANGED,
        input.agentId(),
        "%s tier %d".formatted(input.agentId(), standing.tierNumber()),
        NEWS_LIVE,
        Map.of(
            "newTier", standing.tier(),
            "newModelClass", standing.modelClass(),
            "newTierNumber", standing.tierNumber()));
    return run.commit(
        () -> {
          store.recordTold(input.agentId(), standing.tierNumber());
          return Nothing.NOTHING;
        });
  }
}
