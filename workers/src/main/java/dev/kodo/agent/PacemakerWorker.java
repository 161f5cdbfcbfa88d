package dev.kodo.agent;

import dev.kodo.config.KodoProperties;
import dev.kodo.decision.Decisions;
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

/** The jobs of the {@code pacemaker} diagram. */
@Component
class PacemakerWorker implements JobSteps {
  private final Agents agents;
  private final Decisions decisions;
  private final LastTrouble lastTrouble;
  private final ProcessEngine engine;
  private final KodoProperties properties;

  PacemakerWorker(
      Agents agents,
      Decisions decisions,
      LastTrouble lastTrouble,
      ProcessEngine engine,
      KodoProperties properties) {
    this.agents = agents;
    this.decisions = decisions;
    this.lastTrouble = lastTrouble;
    this.engine = engine;
    this.properties = properties;
  }

  /** The agent that a pacemaker belongs to. */
  record OfAgent(String agentId) {}

  /**
   * When the next beat is due.
   *
   * @param nextBeatIn ISO 8601 duration
   */
  record Pace(String nextBeatIn, boolean needsReview) {
    static final Pace AT_ONCE = new Pace(Duration.ZERO.toString(), false);
  }

  record Prepared(String baseInterval, Pace pace) {}

  @Override
  public List<JobStep<?, ?>> steps() {
    return List.of(
        new JobStep<>(
            "agent-prepare",
            "Prepare agent",
            "Makes the agent's record and lets the first beat come at once.",
            OfAgent.class,
            Prepared.class,
            Set.of(),
            this::prepare),
        new JobStep<>(
            "agent-stop",
            "Stop agent",
            "Records that the agent was stopped by a person, and closes its open questions.",
            OfAgent.class,
            Nothing.class,
            Set.of(),
            this::stop));
  }

  private Prepared prepare(OfAgent input, JobRun run) {
    return run.commit(
        () -> {
          agents.ensure(input.agentId());
          agents.moveTo(input.agentId(), AgentState.RUNNING);
          return new Prepared(properties.heartbeat().interval().toString(), Pace.AT_ONCE);
        });
  }

  private Nothing stop(OfAgent input, JobRun run) {
    Nothing stopped =
        run.commit(
            () -> {
              agents.moveTo(input.agentId(), AgentState.STOPPED);
              if (decisions.closeAll(input.agentId(), "stopped").contains(ReviewWorker.QUESTION)) {
                agents.forgiveErrors(
                    input.agentId(), lastTrouble.lastClosingNumber(input.agentId()));
              }
              return Nothing.NOTHING;
            });
    // The survival monitor ends as soon as it looks; unheard, it looks some minutes later.
    engine.publish(MessageName.LOOK_NOW, input.agentId(), Duration.ZERO, Map.of());
    return stopped;
  }
}
