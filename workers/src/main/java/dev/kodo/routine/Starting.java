package dev.kodo.routine;

import dev.kodo.agent.Agents;
import dev.kodo.config.KodoProperties;
import dev.kodo.worker.JobRun;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Begins the runs of routines that are due and permitted. */
@Component
class Starting {
  private final Agents agents;
  private final Definitions definitions;
  private final RoutineStore store;
  private final KodoProperties properties;
  private final Clock clock;

  Starting(
      Agents agents,
      Definitions definitions,
      RoutineStore store,
      KodoProperties properties,
      Clock clock) {
    this.agents = agents;
    this.definitions = definitions;
    this.store = store;
    this.properties = properties;
    this.clock = clock;
  }

  record Start(String agentId, List<String> due) {}

  /**
   * A run as the diagrams know it.
   *
   * @param timeLimit ISO 8601 duration
   * @param processId null where the model carries out an instruction
   */
  record DueRun(
      String runId,
      String routine,
      String timeLimit,
      boolean ownDiagram,
      @Nullable String processId) {}

  record Started(List<DueRun> dueRuns) {}

  Started start(Start input, JobRun job) {
    return job.commit(
        () -> {
          // The look that found them may be long ago: this step waits as long as it must.
          if (!agents.lives(input.agentId())) {
            return new Started(List.of());
          }
          Map<String, Routine> defined =
              definitions.read(input.agentId()).file().routines().stream()
                  .collect(Collectors.toMap(Routine::name, Function.identity()));
          Set<String> running =
              store.running(input.agentId()).stream().map(Run::routine).collect(Collectors.toSet());
          List<DueRun> begun = new ArrayList<>();
          for (RoutineStore.Kept kept : store.lockAll(input.agentId())) {
            @Nullable Routine routine = defined.get(kept.name());
            boolean wanted = input.due().contains(kept.name()) && !running.contains(kept.name());
            if (routine != null && wanted && Looking.isDue(routine, kept, clock.instant())) {
              begin(input.agentId(), routine, kept, job).ifPresent(begun::add);
            }
          }
          return new Started(begun);
        });
  }

  private java.util.Optional<DueRun> begin(
      String agentId, Routine routine, RoutineStore.Kept kept, JobRun job) {
    Instant now = clock.instant();
    store.keep(agentId, passed(routine, kept, now));
    String runId = RunId.next(now, properties.zone(), store.lastRunId(agentId));
    String cause = kept.pending() == null ? routine.when().text() : kept.pending();
    BigDecimal cap = cap(agentId, routine, now);
    Run.Begin begin = new Run.Begin(job.identity().processInstanceKey(), now);
    Run run = Run.begins(agentId, runId, routine, cause, cap, begin);
    if (cap.signum() == 0 && routine.limits().spend().signum() > 0) {
      String why =
          "The routine has used up its %s US dollars of this day."
              .formatted(routine.limits().spendPerDay());
      store.record(run.ended(now, Run.LIMIT_REACHED, null, why, Run.Use.NOTHING));
      return java.util.Optional.empty();
    }
    store.record(run);
    return java.util.Optional.of(
        new DueRun(
            runId,
            routine.name(),
            run.timeLimit().toString(),
            run.processId() != null,
            run.processId()));
  }

  /** What is left for one run of what the routine may spend in a day. */
  private BigDecimal cap(String agentId, Routine routine, Instant now) {
    BigDecimal perRun = routine.limits().spend();
    @Nullable BigDecimal perDay = routine.limits().spendPerDay();
    if (perDay == null) {
      return perRun;
    }
    Instant midnight =
        LocalDate.ofInstant(now, properties.zone()).atStartOfDay(properties.zone()).toInstant();
    BigDecimal left = perDay.subtract(store.spentSince(agentId, routine.name(), midnight));
    return perRun.min(left.max(BigDecimal.ZERO));
  }

  private RoutineStore.Kept passed(Routine routine, RoutineStore.Kept kept, Instant now) {
    boolean byTime = kept.nextDue() != null && !kept.nextDue().isAfter(now);
    @Nullable Instant next =
        routine.when() instanceof Routine.When.Cron cron
            ? cron.schedule().next(now, properties.zone()).orElse(null)
            : null;
    return kept.begun(byTime ? next : kept.nextDue(), byTime ? now : kept.lastDue());
  }
}
