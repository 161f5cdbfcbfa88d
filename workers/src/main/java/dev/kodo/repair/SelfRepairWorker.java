package dev.kodo.repair;

import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsFirst;

import dev.kodo.agent.Agents;
import dev.kodo.config.KodoProperties;
import dev.kodo.worker.JobRun;
import dev.kodo.worker.JobStep;
import dev.kodo.worker.JobSteps;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The look of the {@code self-repair} diagram. */
@Component
class SelfRepairWorker implements JobSteps {
  /** More wait for the next look: the list is a process variable. */
  private static final int MOST_AT_ONCE = 20;

  private final Repairs repairs;
  private final RepairStore store;
  private final Questions questions;
  private final Agents agents;
  private final KodoProperties properties;
  private final Clock clock;

  SelfRepairWorker(
      Repairs repairs,
      RepairStore store,
      Questions questions,
      Agents agents,
      KodoProperties properties,
      Clock clock) {
    this.repairs = repairs;
    this.store = store;
    this.questions = questions;
    this.agents = agents;
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
            "Find stuck steps",
            "Looks for steps of the agent's processes that are stuck.",
            OfAgent.class,
            Look.class,
            Set.of(),
            this::look));
  }

  private Look look(OfAgent input, JobRun run) {
    if (!agents.lives(input.agentId())) {
      return run.commit(() -> looked(false, List.of()));
    }
    List<Repair> known = store.open(input.agentId());
    Optional<Repairs.Found> found = repairs.look(input.agentId(), known);
    if (found.isEmpty()) {
      return run.commit(() -> looked(true, List.of()));
    }
    List<Repair> lost = questions.lost(known);
    found.get().free().forEach(questions::takeBack);
    return run.commit(
        () -> {
          store.markGone(found.get().free().stream().map(Repair::elementKey).toList());
          lost.forEach(questions::forget);
          found.get().stuck().forEach(step -> store.see(input.agentId(), step));
          return looked(true, findings(input.agentId()));
        });
  }

  private List<Finding> findings(String agentId) {
    Instant now = clock.instant();
    return store.open(agentId).stream()
        .filter(repair -> repair.state() == RepairState.STUCK)
        // What was tried may only be waiting, for a day even; it must not keep others from a try.
        .sorted(Comparator.comparing(Repair::lastAttemptAt, nullsFirst(naturalOrder())))
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
        Trouble.of(repair).id(),
        repair.attempts(),
        last == null ? null : Duration.between(last, now).toSeconds(),
        Duration.between(repair.stuckSince(), now).toSeconds());
  }

  private Look looked(boolean agentLives, List<Finding> findings) {
    return new Look(agentLives, properties.selfRepair().interval().toString(), findings);
  }
}
