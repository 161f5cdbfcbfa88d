package dev.kodo.repair;

import dev.kodo.process.StuckStep;
import dev.kodo.process.StuckSteps;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What is stuck, and what self-repair does about it, for the status. */
@Component
public class Repairs {
  /** Stuck in one of these, self-repair would have to repair itself; it never does. */
  private static final Set<String> OWN = Set.of("self-repair", "repair-attempt", "repair-question");

  private final StuckSteps steps;
  private final RepairStore store;
  private volatile @Nullable String lastBlindness;

  Repairs(StuckSteps steps, RepairStore store) {
    this.steps = steps;
    this.store = store;
  }

  /**
   * One stuck step.
   *
   * @param kind the engine's type of the incident, or {@code JOB_UNCLAIMED}
   * @param why what the engine or a worker said; text from outside
   * @param doing what self-repair does about it, a clause
   */
  public record Stuck(
      @Nullable String repairId,
      String agentId,
      String process,
      String element,
      long instanceKey,
      String kind,
      String why,
      Instant since,
      int attempts,
      String doing) {}

  /**
   * Everything that is stuck.
   *
   * @param blind why nobody can see it, or null when all is seen
   */
  public record Report(List<Stuck> stuck, @Nullable String blind) {}

  /** What is stuck now; where a look takes long, what the last look of self-repair found. */
  public Report report() {
    if (!steps.isQuick()) {
      return new Report(store.open().stream().map(Repairs::told).toList(), lastBlindness);
    }
    return switch (steps.look()) {
      case StuckSteps.Blind blind -> new Report(List.of(), blind.why());
      case StuckSteps.Seen seen -> new Report(joined(seen.steps()), null);
    };
  }

  private List<Stuck> joined(List<StuckStep> seen) {
    Map<Long, Repair> known =
        store.open().stream().collect(Collectors.toMap(Repair::elementKey, Function.identity()));
    return seen.stream()
        .map(step -> told(step, known.get(step.elementKey())))
        .sorted(Comparator.comparing(Stuck::since))
        .toList();
  }

  private static Stuck told(StuckStep step, @Nullable Repair repair) {
    if (repair != null) {
      return told(repair);
    }
    String agent = step.agentId();
    return new Stuck(
        null,
        agent == null ? "none" : agent,
        step.processId(),
        step.elementId(),
        step.instanceKey(),
        step.kind(),
        step.message(),
        step.since(),
        0,
        doing(step));
  }

  private static String doing(StuckStep step) {
    if (isOwn(step)) {
      return "nothing: self-repair never repairs itself";
    }
    return step.agentId() == null
        ? "nothing: the process instance names no agent"
        : "looks at it soon";
  }

  private static Stuck told(Repair repair) {
    return new Stuck(
        repair.id(),
        repair.agentId(),
        repair.processId(),
        repair.elementId(),
        repair.instanceKey(),
        repair.kind(),
        repair.message(),
        repair.stuckSince(),
        repair.attempts(),
        RepairTexts.doing(repair));
  }

  /**
   * What a look of one agent found.
   *
   * @param stuck what is stuck and is not self-repair's own
   * @param free what was known as stuck and is so no more, or is another agent's now
   */
  record Found(List<StuckStep> stuck, List<Repair> free) {}

  /**
   * Compares what is stuck of this agent with what is known; empty when nothing is seen. An
   * instance that names no agent is somebody else's process: self-repair has no say in it.
   */
  Optional<Found> look(String agentId, List<Repair> known) {
    return seen(steps.lookAt(agentId)).flatMap(stuck -> compared(agentId, stuck, known));
  }

  /** A look has a limit: only what is not there at a second look is free. */
  private Optional<Found> compared(String agentId, List<StuckStep> stuck, List<Repair> known) {
    List<Repair> missed = without(stuck, known);
    Set<StuckStep.Known> again =
        missed.stream().map(Repair::known).collect(Collectors.toUnmodifiableSet());
    return seen(steps.lookAgainAt(again))
        .map(
            seen -> {
              List<StuckStep> still =
                  seen.stream().filter(step -> agentId.equals(step.agentId())).toList();
              return new Found(
                  Stream.concat(stuck.stream(), still.stream())
                      .filter(step -> !isOwn(step))
                      .toList(),
                  without(still, missed));
            });
  }

  private static List<Repair> without(List<StuckStep> steps, List<Repair> repairs) {
    Set<Long> stuck =
        steps.stream().map(StuckStep::elementKey).collect(Collectors.toUnmodifiableSet());
    return repairs.stream().filter(repair -> !stuck.contains(repair.elementKey())).toList();
  }

  private Optional<List<StuckStep>> seen(StuckSteps.Sight sight) {
    return switch (sight) {
      case StuckSteps.Blind blind -> {
        lastBlindness = blind.why();
        yield Optional.empty();
      }
      case StuckSteps.Seen seen -> {
        lastBlindness = null;
        yield Optional.of(seen.steps());
      }
    };
  }

  private static boolean isOwn(StuckStep step) {
    return OWN.contains(step.processId());
  }
}
