package dev.kodo.api;

import dev.kodo.agent.AgentState;
import dev.kodo.agent.Agents;
import dev.kodo.config.KodoProperties;
import dev.kodo.heartbeat.Beat;
import dev.kodo.heartbeat.Heartbeats;
import dev.kodo.process.MessageName;
import dev.kodo.process.ProcessEngine;
import java.time.Duration;
import java.util.Map;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Starts, stops and wakes agents: each is one message to the diagram. An agent that is neither
 * configured nor recorded is answered with {@link AgentUnknown}.
 */
@RestController
@RequestMapping("/api/agents/{agentId}")
class AgentController {
  private static final Duration STOP_LIVES = Duration.ofHours(2);

  private final Agents agents;
  private final Heartbeats heartbeats;
  private final ProcessEngine engine;
  private final KodoProperties properties;

  AgentController(
      Agents agents, Heartbeats heartbeats, ProcessEngine engine, KodoProperties properties) {
    this.agents = agents;
    this.heartbeats = heartbeats;
    this.engine = engine;
    this.properties = properties;
  }

  record Result(String result) {}

  @PostMapping("/beat")
  Result beat(@PathVariable String agentId) {
    ensureKnown(agentId);
    if (isBeating(agentId)) {
      return new Result("already-beating");
    }
    if (engine.correlate(MessageName.BEAT_NOW, agentId, Map.of())) {
      return new Result("beating");
    }
    return new Result(
        switch (state(agentId)) {
          case RUNNING -> isBeating(agentId) ? "already-beating" : "not-ready";
          case STOPPED_FOR_REVIEW -> AgentState.STOPPED_FOR_REVIEW.id();
          case STOPPED -> AgentState.STOPPED.id();
          case RETIRED -> AgentState.RETIRED.id();
        });
  }

  /**
   * Starts the agent's pacemaker; the engine ignores it while one runs, which is the point of a TTL
   * of zero.
   */
  @PostMapping("/start")
  Result start(@PathVariable String agentId) {
    ensureKnown(agentId);
    engine.publish(MessageName.START_AGENT, agentId, Duration.ZERO, Map.of("agentId", agentId));
    return new Result("started");
  }

  /** Stops the agent at once when it rests, otherwise after the beat that runs. */
  @PostMapping("/stop")
  Result stop(@PathVariable String agentId) {
    ensureKnown(agentId);
    if (engine.correlate(MessageName.STOP_AGENT, agentId, Map.of())) {
      return new Result("stopping");
    }
    return switch (state(agentId)) {
      case STOPPED -> new Result(AgentState.STOPPED.id());
      case RETIRED -> new Result(AgentState.RETIRED.id());
      case RUNNING, STOPPED_FOR_REVIEW -> stopAfterTheBeat(agentId);
    };
  }

  /**
   * The message waits until the agent listens again. Its id names the beat: a message that was
   * received keeps its id until its time to live is over, so the agent's id alone would swallow the
   * stop of an agent that was started again meanwhile, and no id would leave a second message for
   * the agent's next life.
   */
  private Result stopAfterTheBeat(String agentId) {
    String beat =
        heartbeats
            .open(agentId)
            .or(() -> heartbeats.last(agentId))
            .map(Beat::heartbeatId)
            .orElse("none");
    boolean first =
        engine.publishOnce(MessageName.STOP_AGENT, agentId, agentId + " after " + beat, STOP_LIVES);
    return new Result(first ? "stopping" : "already-stopping");
  }

  /** A beat that is open in the record only has crashed; the next one finds and ends it. */
  private boolean isBeating(String agentId) {
    return heartbeats
        .open(agentId)
        .map(beat -> engine.isRunning(beat.processInstanceKey()))
        .orElse(false);
  }

  /** A configured agent without a row has not got as far as to be recorded. */
  private AgentState state(String agentId) {
    return agents.state(agentId).orElse(AgentState.RUNNING);
  }

  private void ensureKnown(String agentId) {
    if (!properties.agents().contains(agentId) && !agents.ids().contains(agentId)) {
      throw new AgentUnknown(agentId);
    }
  }
}
