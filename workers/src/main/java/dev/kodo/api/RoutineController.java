package dev.kodo.api;

import dev.kodo.agent.Agents;
import dev.kodo.config.KodoProperties;
import dev.kodo.routine.NewRoutine;
import dev.kodo.routine.Problem;
import dev.kodo.routine.Routine;
import dev.kodo.routine.Routines;
import dev.kodo.routine.Run;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Lists and changes the routines of an agent, and starts them. */
@RestController
@RequestMapping("/api/agents/{agentId}/routines")
class RoutineController {
  private static final int LONGEST = 25_000;
  private static final int SHOWN_RUNS = 20;

  private final Routines routines;
  private final Agents agents;
  private final KodoProperties properties;

  RoutineController(Routines routines, Agents agents, KodoProperties properties) {
    this.routines = routines;
    this.agents = agents;
    this.properties = properties;
  }

  record Told(
      String name,
      @Nullable String description,
      String when,
      @Nullable String instruction,
      @Nullable String process,
      BigDecimal spend,
      @Nullable BigDecimal spendPerDay,
      int calls,
      String time,
      boolean enabled,
      String missed,
      int line,
      @Nullable Instant nextDue,
      @Nullable String pending,
      @Nullable String running,
      @Nullable ToldRun lastRun) {}

  record ToldRun(
      String runId,
      String startedBy,
      Instant startedAt,
      @Nullable Instant endedAt,
      String outcome,
      @Nullable String errorCode,
      @Nullable String errorMessage,
      @Nullable BigDecimal spendUsd,
      int calls,
      @Nullable String artifact) {}

  record Listing(List<Told> routines, List<Problem> problems) {}

  record Shown(Told routine, List<ToldRun> runs) {}

  record Result(String result, List<String> routines) {}

  record Word(@Nullable String message) {}

  @GetMapping
  Listing list(@PathVariable String agentId) {
    ensureKnown(agentId);
    Routines.Listing listing = routines.list(agentId);
    return new Listing(
        listing.routines().stream().map(RoutineController::told).toList(), listing.problems());
  }

  @GetMapping("/{name}")
  Shown show(@PathVariable String agentId, @PathVariable String name) {
    return new Shown(
        told(known(agentId, name)),
        routines.runs(agentId, name, SHOWN_RUNS).stream().map(RoutineController::told).toList());
  }

  @PostMapping
  Result add(@PathVariable String agentId, @RequestBody String body) {
    ensureKnown(agentId);
    RequestBodies.text("body", body, LONGEST);
    NewRoutine wanted = RequestBodies.read(body, NewRoutine.class);
    RequestBodies.required("name", wanted.name());
    return changed(wanted.name(), () -> routines.add(agentId, wanted));
  }

  @PostMapping("/{name}/remove")
  Result remove(@PathVariable String agentId, @PathVariable String name) {
    ensureKnown(agentId);
    return changed(name, () -> routines.remove(agentId, name));
  }

  @PostMapping("/{name}/enable")
  Result enable(@PathVariable String agentId, @PathVariable String name) {
    ensureKnown(agentId);
    return changed(name, () -> routines.enable(agentId, name, true));
  }

  @PostMapping("/{name}/disable")
  Result disable(@PathVariable String agentId, @PathVariable String name) {
    ensureKnown(agentId);
    return changed(name, () -> routines.enable(agentId, name, false));
  }

  /** Asks for a run now; it begins as soon as the tier permits and no other run goes on. */
  @PostMapping("/{name}/run")
  Result run(@PathVariable String agentId, @PathVariable String name) {
    Routines.Status routine = known(agentId, name);
    if (!agents.lives(agentId)) {
      return new Result("stopped", List.of());
    }
    routines.run(agentId, name);
    return new Result(routine.running() == null ? "asked" : "running", List.of(name));
  }

  /** Sends a message to the routines that wait for it. */
  @PostMapping("/trigger")
  Result trigger(@PathVariable String agentId, @RequestBody String body) {
    ensureKnown(agentId);
    String word =
        RequestBodies.required(
            "message",
            RequestBodies.text("message", RequestBodies.read(body, Word.class).message(), 60));
    if (!agents.lives(agentId)) {
      return new Result("stopped", List.of());
    }
    return new Result("sent", routines.trigger(agentId, word));
  }

  private interface Change {
    void make() throws Routines.Refused;
  }

  private static Result changed(String name, Change change) {
    try {
      change.make();
    } catch (Routines.Refused refused) {
      throw new RoutineRefused(refused.sentence());
    }
    return new Result("changed", List.of(name));
  }

  private Routines.Status known(String agentId, String name) {
    ensureKnown(agentId);
    return routines.find(agentId, name).orElseThrow(() -> new RoutineUnknown(name));
  }

  private void ensureKnown(String agentId) {
    if (!properties.agents().contains(agentId) && !agents.ids().contains(agentId)) {
      throw new AgentUnknown(agentId);
    }
  }

  private static Told told(Routines.Status status) {
    Routine routine = status.routine();
    return new Told(
        routine.name(),
        routine.description(),
        routine.when().text(),
        routine.work() instanceof Routine.Work.Instruct instruct ? instruct.text() : null,
        routine.work() instanceof Routine.Work.Call call ? call.processId() : null,
        routine.limits().spend(),
        routine.limits().spendPerDay(),
        routine.limits().calls(),
        routine.limits().time().toString(),
        routine.enabled(),
        routine.missed().id(),
        routine.line(),
        status.nextDue(),
        status.pending(),
        status.running(),
        status.lastRun() == null ? null : told(status.lastRun()));
  }

  private static ToldRun told(Run run) {
    return new ToldRun(
        run.runId(),
        run.startedBy(),
        run.startedAt(),
        run.endedAt(),
        run.outcome(),
        run.errorCode(),
        run.errorMessage(),
        run.spendUsd(),
        run.calls(),
        run.artifact());
  }
}
