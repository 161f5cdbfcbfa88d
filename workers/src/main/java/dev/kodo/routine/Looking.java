package dev.kodo.routine;

import dev.kodo.agent.Agents;
import dev.kodo.config.KodoProperties;
import dev.kodo.process.ProcessEngine;
import dev.kodo.survival.Standing;
import dev.kodo.survival.Survival;
import dev.kodo.worker.JobRun;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Finds the routines that are due, and when to look again. */
@Component
class Looking {
  private static final Logger LOG = LoggerFactory.getLogger(Looking.class);

  /** A time that passed longer ago than this was missed. */
  private static final Duration LATE = Duration.ofMinutes(5);

  /** The time limit is the engine's; a run that is older than this was ended by nobody. */
  private static final Duration AFTER_THE_LIMIT = Duration.ofMinutes(30);

  private static final Duration SOONEST = Duration.ofSeconds(1);

  private final Definitions definitions;
  private final RoutineStore store;
  private final Events events;
  private final Agents agents;
  private final Survival survival;
  private final ProcessEngine engine;
  private final KodoProperties properties;
  private final Clock clock;

  Looking(
      Definitions definitions,
      RoutineStore store,
      Events events,
      Agents agents,
      Survival survival,
      ProcessEngine engine,
      KodoProperties properties,
      Clock clock) {
    this.definitions = definitions;
    this.store = store;
    this.events = events;
    this.agents = agents;
    this.survival = survival;
    this.engine = engine;
    this.properties = properties;
    this.clock = clock;
  }

  /** {@code triggered…} come from a message, so that they may be anything. */
  record Look(
      String agentId, @Nullable String triggeredRoutine, @Nullable String triggeredMessage) {}

  /**
   * What a look found. The trigger is cleared, so that the next look does not take it again.
   *
   * @param due names of routines
   * @param tier survival tier as far as it is known
   * @param modelClass of the models that runs may ask in this tier
   * @param nextLookIn ISO 8601 duration
   */
  record Looked(
      boolean agentLives,
      List<String> due,
      String tier,
      String modelClass,
      String nextLookIn,
      @Nullable String triggeredRoutine,
      @Nullable String triggeredMessage) {}

  Looked look(Look input, JobRun run) {
    String agentId = input.agentId();
    Set<Long> gone = goneSchedulers(agentId, run.identity().processInstanceKey());
    return run.commit(
        () -> {
          if (!agents.lives(agentId)) {
            store.running(agentId).forEach(each -> stop(each, "The agent was stopped."));
            return new Looked(false, List.of(), "", "", idle().toString(), null, null);
          }
          agents.ensure(agentId);
          sweep(agentId, gone);
          Found found = find(input);
          return new Looked(
              true,
              found.due(),
              survival.of(agentId).map(Standing::tier).orElse("normal"),
              survival.of(agentId).map(Standing::modelClass).orElse("best"),
              found.nextLookIn().toString(),
              null,
              null);
        });
  }

  /**
   * Other schedulers of the agent that the engine does not have any more. Asked before the
   * transaction begins: a slow engine must not hold it.
   */
  private Set<Long> goneSchedulers(String agentId, long scheduler) {
    return store.running(agentId).stream()
        .map(Run::processInstanceKey)
        .filter(each -> each != scheduler)
        .distinct()
        .filter(each -> !engine.isRunning(each))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Ends the record of runs that ended without anybody closing them: their scheduler is gone. */
  private void sweep(String agentId, Set<Long> gone) {
    for (Run each : store.running(agentId)) {
      boolean tooOld =
          each.startedAt().plus(each.timeLimit()).plus(AFTER_THE_LIMIT).isBefore(clock.instant());
      if (tooOld || gone.contains(each.processInstanceKey())) {
        stop(each, "The run ended with the scheduler that had started it.");
      }
    }
  }

  private void stop(Run run, String why) {
    LOG.info("Run {} of the routine {} is recorded as stopped.", run.runId(), run.routine());
    store.end(run.ended(clock.instant(), Run.STOPPED, null, why, new Run.Use(null, run.calls())));
  }

  private record Found(List<String> due, Duration nextLookIn) {}

  private Found find(Look input) {
    String agentId = input.agentId();
    Definitions.Defined defined = definitions.read(agentId);
    Map<String, RoutineStore.Kept> kept = new HashMap<>();
    store.lockAll(agentId).forEach(each -> kept.put(each.name(), each));
    Set<String> running =
        store.running(agentId).stream().map(Run::routine).collect(Collectors.toSet());
    Instant now = clock.instant();
    Duration next = idle();
    List<String> due = new ArrayList<>();
    for (Routine routine : defined.file().routines()) {
      boolean runs = running.contains(routine.name());
      RoutineStore.@Nullable Kept before = kept.get(routine.name());
      RoutineStore.Kept after = after(input, routine, before, runs);
      if (!after.equals(before)) {
        store.keep(agentId, after);
      }
      if (!runs && isDue(routine, after, now)) {
        due.add(routine.name());
      }
      next = shorter(next, pause(routine, after, now));
    }
    if (defined.legible()) {
      Set<String> gone = new HashSet<>(kept.keySet());
      gone.removeAll(defined.file().names());
      gone.forEach(name -> store.forget(agentId, name));
    }
    return new Found(due, next.compareTo(SOONEST) < 0 ? SOONEST : next);
  }

  private RoutineStore.Kept after(
      Look input, Routine routine, RoutineStore.@Nullable Kept before, boolean runs) {
    Instant now = clock.instant();
    RoutineStore.Kept kept =
        before == null || !before.starts().equals(routine.when().text())
            ? begun(input.agentId(), routine)
            : looked(input.agentId(), routine, before);
    return new RoutineStore.Kept(
        kept.name(),
        kept.starts(),
        nextDue(routine, kept, now, runs),
        kept.lastDue(),
        pending(input, routine, kept.pending()),
        kept.seen(),
        kept.trouble());
  }

  /** A routine that is new or starts otherwise: what was before does not count. */
  private RoutineStore.Kept begun(String agentId, Routine routine) {
    Events.Found found = events.look(agentId, routine.when(), null);
    return new RoutineStore.Kept(
        routine.name(), routine.when().text(), null, null, null, found.seen(), found.trouble());
  }

  private RoutineStore.Kept looked(String agentId, Routine routine, RoutineStore.Kept before) {
    Events.Found found = events.look(agentId, routine.when(), before.seen());
    String news = found.news();
    return new RoutineStore.Kept(
        before.name(),
        before.starts(),
        before.nextDue(),
        before.lastDue(),
        news == null || !routine.enabled()
            ? before.pending()
            : Events.together(before.pending(), news),
        found.seen(),
        found.trouble());
  }

  private static @Nullable String pending(Look input, Routine routine, @Nullable String pending) {
    if (routine.name().equals(input.triggeredRoutine())) {
      return Events.together(pending, Trigger.BY_HAND);
    }
    if (!routine.enabled()) {
      boolean asked = pending != null && pending.lines().anyMatch(Trigger.BY_HAND::equals);
      return asked ? pending : null;
    }
    return routine.when() instanceof Routine.When.Message message
            && message.word().equals(input.triggeredMessage())
        ? Events.together(pending, message.text())
        : pending;
  }

  /**
   * A time that is left out is passed over at once: while a run goes on, while the routine is
   * switched off, or when it was missed and is to be skipped. A time that lies later than the
   * schedule says comes from a clock that was ahead.
   */
  private @Nullable Instant nextDue(
      Routine routine, RoutineStore.Kept kept, Instant now, boolean runs) {
    if (!(routine.when() instanceof Routine.When.Cron cron)) {
      return null;
    }
    Instant after = kept.lastDue() == null || kept.lastDue().isBefore(now) ? now : kept.lastDue();
    @Nullable Instant next = cron.schedule().next(after, properties.zone()).orElse(null);
    @Nullable Instant known = kept.nextDue();
    if (known == null || next == null || known.isAfter(next)) {
      return next;
    }
    boolean isPast = !known.isAfter(now);
    boolean missed = routine.missed() == Routine.Missed.SKIP && known.plus(LATE).isBefore(now);
    return isPast && (runs || !routine.enabled() || missed) ? next : known;
  }

  static boolean isDue(Routine routine, RoutineStore.Kept kept, Instant now) {
    @Nullable Instant next = kept.nextDue();
    return kept.pending() != null || (routine.enabled() && next != null && !next.isAfter(now));
  }

  /** How long a routine can do without a look. */
  private Duration pause(Routine routine, RoutineStore.Kept kept, Instant now) {
    if (kept.pending() != null) {
      return properties.routine().eventLook();
    }
    if (!routine.enabled()) {
      return idle();
    }
    return switch (routine.when()) {
      case Routine.When.Cron cron -> untilDue(cron, kept, now);
      case Routine.When.Happened happened -> properties.routine().eventLook();
      case Routine.When.FileAdded added -> properties.routine().eventLook();
      case Routine.When.Message message -> idle();
    };
  }

  private Duration untilDue(Routine.When.Cron cron, RoutineStore.Kept kept, Instant now) {
    @Nullable Instant next = kept.nextDue();
    if (next != null && !next.isAfter(now)) {
      next = cron.schedule().next(now, properties.zone()).orElse(null);
    }
    return next == null ? idle() : Duration.between(now, next);
  }

  private Duration idle() {
    return properties.routine().idleLook();
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }
}
