package dev.kodo.repair;

import dev.kodo.agent.AgentState;
import dev.kodo.agent.Agents;
import dev.kodo.process.MessageName;
import dev.kodo.process.ProcessEngine;
import dev.kodo.process.StuckSteps;
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

  /** Until the engine has ended the old instance; only then can the message start a new one. */
  private static final Duration UNTIL_ENDED = Duration.ofSeconds(30);

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
        ? cancelled + " The agent starts it anew."
        : cancelled;
  }

  void end(Repair repair) {
    StuckSteps.Root root = root(repair);
    engine.cancel(root.instanceKey());
    if (LIVED_BY.contains(root.processId()) && lives(repair.agentId())) {
      engine.publish(
          MessageName.START_AGENT,
          repair.agentId(),
          UNTIL_ENDED,
          Map.of("agentId", repair.agentId()));
    }
  }

  private StuckSteps.Root root(Repair repair) {
    return steps
        .rootOf(repair.instanceKey())
        .orElseGet(() -> new StuckSteps.Root(repair.instanceKey(), repair.processId()));
  }

  private boolean lives(String agentId) {
    return agents.state(agentId).filter(state -> state == AgentState.RUNNING).isPresent();
  }
}
