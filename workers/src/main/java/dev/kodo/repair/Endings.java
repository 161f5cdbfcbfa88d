package dev.kodo.repair;

import dev.kodo.agent.AgentState;
import dev.kodo.agent.Agents;
import dev.kodo.process.MessageName;
import dev.kodo.process.ProcessEngine;
import dev.kodo.process.StuckSteps;
import dev.kodo.worker.JobFailure;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Giving a stuck instance up. The engine cancels only outermost instances; where that is a process
 * that an agent lives by, it is started anew.
 */
@Component
class Endings {
  private static final Set<String> LIVED_BY =
      Set.of("pacemaker", "survival-monitor", "routine-scheduler", "session-pruning");

  /** Until the engine has ended the old instance; only then does the message start a new one. */
  private static final Duration UNTIL_ENDED = Duration.ofSeconds(30);

  private static final Duration UNTIL_SEEN = Duration.ofMinutes(1);

  private final StuckSteps steps;
  private final ProcessEngine engine;
  private final Agents agents;

  Endings(StuckSteps steps, ProcessEngine engine, Agents agents) {
    this.steps = steps;
    this.engine = engine;
    this.agents = agents;
  }

  /** What would happen, a sentence. */
  String told(Repair repair) {
    StuckSteps.Root root = root(repair);
    String cancelled =
        "the process instance %d (%s) is cancelled."
            .formatted(root.instanceKey(), root.processId());
    return LIVED_BY.contains(root.processId())
        ? cancelled + " " + afterwards(repair.agentId())
        : cancelled;
  }

  private String afterwards(String agentId) {
    return switch (state(agentId)) {
      case RUNNING -> "The agent starts it anew.";
      case STOPPED_FOR_REVIEW ->
          "The agent is stopped for review, so it is started anew only when Kodo is.";
      case STOPPED, RETIRED -> "The agent is stopped, so it is not started anew.";
    };
  }

  /**
   * Whether the step is still as stuck as the person saw it. The engine knows for certain whether
   * it is still there, the records whether it goes on.
   *
   * @throws JobFailure when nobody sees that now: it is asked again later
   */
  boolean isStillStuck(Repair repair) {
    if (!engine.isRunning(repair.elementKey())) {
      return false;
    }
    return switch (steps.lookAgainAt(Set.of(repair.known()))) {
      case StuckSteps.Blind blind ->
          throw JobFailure.postpone(
              UNTIL_SEEN, "A stuck step is cancelled when it can be seen again. " + blind.why());
      case StuckSteps.Seen seen ->
          seen.steps().stream().anyMatch(step -> repair.agentId().equals(step.agentId()));
    };
  }

  /**
   * Cancels the outermost instance. The message comes before it, and waits for its end: a body that
   * dies in between has not left the agent without what it lives by.
   */
  void end(Repair repair) {
    StuckSteps.Root root = root(repair);
    if (LIVED_BY.contains(root.processId()) && state(repair.agentId()) == AgentState.RUNNING) {
      engine.publish(
          MessageName.START_AGENT,
          repair.agentId(),
          UNTIL_ENDED,
          Map.of("agentId", repair.agentId()));
    }
    engine.cancel(root.instanceKey());
  }

  private StuckSteps.Root root(Repair repair) {
    return steps
        .rootOf(repair.instanceKey())
        .orElseGet(() -> new StuckSteps.Root(repair.instanceKey(), repair.processId()));
  }

  private AgentState state(String agentId) {
    return agents.state(agentId).orElse(AgentState.STOPPED);
  }
}
