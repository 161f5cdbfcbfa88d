package dev.kodo.session;

import dev.kodo.agent.Agents;
import dev.kodo.config.KodoProperties;
import dev.kodo.pruning.Remains;
import dev.kodo.worker.EffectPruning;
import dev.kodo.worker.JobRun;
import dev.kodo.worker.JobStep;
import dev.kodo.worker.JobSteps;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The jobs of the {@code session-pruning} diagram. */
@Component
class SessionWorker implements JobSteps {
  private static final Logger LOG = LoggerFactory.getLogger(SessionWorker.class);

  /** The pause while there is more to remove. */
  private static final Duration SOON = Duration.ofSeconds(10);

  private final EffectPruning effects;
  private final List<Remains> remains;
  private final PruningRecord record;
  private final Agents agents;
  private final KodoProperties properties;

  SessionWorker(
      EffectPruning effects,
      List<Remains> remains,
      PruningRecord record,
      Agents agents,
      KodoProperties properties) {
    this.effects = effects;
    this.remains = List.copyOf(remains);
    this.record = record;
    this.agents = agents;
    this.properties = properties;
  }

  record OfAgent(String agentId) {}

  record PrunedEffects(int prunedEffects) {}

  record Rest(String agentId, int prunedEffects) {}

  /**
   * How to go on.
   *
   * @param nextPruningIn ISO 8601 duration
   */
  record Pruned(boolean agentLives, String nextPruningIn) {}

  @Override
  public List<JobStep<?, ?>> steps() {
    return List.of(
        new JobStep<>(
            "session-prune-effects",
            "Prune effects",
            "Removes old results of jobs that the engine cannot hand out again.",
            OfAgent.class,
            PrunedEffects.class,
            Set.of(),
            this::pruneEffects),
        new JobStep<>(
            "session-prune-records",
            "Prune records",
            "Removes old notices, answered questions, repairs, runs of routines and unfinished files, and reports it.",
            Rest.class,
            Pruned.class,
            Set.of(),
            this::pruneRecords));
  }

  private PrunedEffects pruneEffects(OfAgent input, JobRun run) {
    int pruned =
        effects.prune(
            input.agentId(), properties.pruning().effects(), properties.pruning().batch());
    return run.commit(() -> new PrunedEffects(pruned));
  }

  private Pruned pruneRecords(Rest input, JobRun run) {
    int batch = properties.pruning().batch();
    return run.commit(
        () -> {
          agents.ensure(input.agentId());
          StringJoiner removed = new StringJoiner(", ");
          int records = 0;
          boolean more = input.prunedEffects() >= batch;
          for (Remains each : remains) {
            int count = each.prune(input.agentId(), batch);
            more |= count >= batch;
            records += count;
            removed.add(count + " " + each.what());
          }
          record.add(input.agentId(), input.prunedEffects(), records);
          if (records + input.prunedEffects() > 0) {
            LOG.info(
                "Removed of agent {}: {} effects, {}.",
                input.agentId(),
                input.prunedEffects(),
                removed);
          }
          Duration next = more ? SOON : properties.pruning().interval();
          return new Pruned(agents.lives(input.agentId()), next.toString());
        });
  }
}
