package dev.kodo.repair;

import dev.kodo.agent.AgentState;
import dev.kodo.agent.Agents;
import dev.kodo.config.KodoProperties;
import dev.kodo.process.MessageName;
import dev.kodo.process.ProcessEngine;
import dev.kodo.process.StuckStep;
import dev.kodo.worker.JobRun;
import dev.kodo.worker.JobStep;
import dev.kodo.worker.JobSteps;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The look of the {@code self-repair} diagram. */
@Component
class SelfRepairWorker implements JobSteps {
  /** More wait for the next look: the list is a process variable. */
  private static final int MOST_AT_ONCE = 20;

  /** Longer than a question needs until it waits for the message. */
  private static final Duration NEWS_LIVE = Duration.ofMinutes(1);

  private final Repairs repairs;
  private final RepairStore store;
  private final Agents agents;
  private final ProcessEngine engine;
  private final KodoProperties properties;
  private final Clock clock;

  SelfRepairWorker(
      Repairs repairs,
      RepairStore store,
      Agents agents,
      ProcessEngine engine,
      KodoProperties properties,
      Clock clock) {
    this.repairs = repairs;
    this.store = store;
    this.agents = agents;
    this.engine = engine;
    this.properties = properties;
    this.clock = clock;
  }

  record OfAgent(String agentId) {}

  /**
   * What the rules are asked about.
   *
   * @param jobType empty when no job is stuck
   * @param attempts how often it was tried again
   * @param sinceAttempt seconds since the last attempt, or null when there was none
   * @param age seconds since it is stuck
   */
  record Finding(
      String repairId,
      String kind,
      String jobType,
      String trouble,
      int attempts,
      @Nullable Long sinceAttempt,
      long age) {}

  record Look(boolean agentLives, String repairInterval, List<Finding> findings) {}

  @Override
  public List<JobStep<?, ?>> steps() {
    return List.of(
        new JobStep<>(
            "repair-look",
            "Looks for steps of the agent's processes that are stuck.",
            OfAgent.class,
            Look.class,
            Set.of(),
            this::look));
  }

  private Look look(OfAgent input, JobRun run) {
    if (!lives(input.agentId())) {
      return run.commit(() -> looked(false, List.of()));
    }
    Optional<List<StuckStep>> seen = repairs.of(input.agentId());
    if (seen.isEmpty()) {
      return run.commit(() -> looked(true, List.of()));
    }
    Set<Long> stuck =
        seen.get().stream().map(StuckStep::elementKey).collect(Collectors.toUnmodifiableSet());
    List<Repair> free =
        store.open(input.agentId()).stream()
            .filter(repair -> !stuck.contains(repair.elementKey()))
            .toList();
    free.stream().filter(repair -> repair.state() == RepairState.ASKED).forEach(this::takeBack);
    return run.commit(
        () -> {
          store.markGone(free.stream().map(Repair::elementKey).toList());
          seen.get().forEach(step -> store.see(input.agentId(), step));
          return looked(true, findings(input.agentId()));
        });
  }

  /** The question has answered itself; the diagram that waits with it is told. */
  private void takeBack(Repair repair) {
    engine.publish(
        MessageName.STEP_FREE, repair.id(), NEWS_LIVE, Map.of("agentId", repair.agentId()));
  }

  private List<Finding> findings(String agentId) {
    Instant now = clock.instant();
    return store.open(agentId).stream()
        .filter(repair -> repair.state() == RepairState.STUCK)
        .limit(MOST_AT_ONCE)
        .map(repair -> finding(repair, now))
        .toList();
  }

  private static Finding finding(Repair repair, Instant now) {
    Instant last = repair.lastAttemptAt();
    return new Finding(
        repair.id(),
        repair.kind(),
        repair.jobType() == null ? "" : repair.jobType(),
        Trouble.of(repair.message()).id(),
        repair.attempts(),
        last == null ? null : Duration.between(last, now).toSeconds(),
        Duration.between(repair.stuckSince(), now).toSeconds());
  }

  private Look looked(boolean agentLives, List<Finding> findings) {
    return new Look(agentLives, properties.selfRepair().interval().toString(), findings);
  }

  private boolean lives(String agentId) {
    return agents
        .state(agentId)
        .map(state -> state != AgentState.STOPPED && state != AgentState.RETIRED)
        .orElse(true);
  }
}
