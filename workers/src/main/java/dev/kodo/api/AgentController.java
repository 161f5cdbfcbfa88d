package dev.kodo.api;

import dev.kodo.agent.AgentState;
import dev.kodo.agent.Agents;
import dev.kodo.heartbeat.Heartbeats;
import dev.kodo.process.MessageName;
import dev.kodo.process.ProcessEngine;
import java.time.Duration;
import java.util.Map;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Starts, stops and wakes agents: each is one message to the diagram. */
@RestController
@RequestMapping("/api/agents/{agentId}")
class AgentController {
  private static final Duration STOP_LIVES = Duration.ofHours(2);

  private final Agents agents;
  private final Heartbeats heartbeats;
  private final ProcessEngine engine;

  AgentController(Agents agents, Heartbeats heartbeats, ProcessEngine engine) {
    this.agents = agents;
    this.heartbeats = heartbeats;
    this.engine = engine;
  }

  record Result(String result) {}

  @PostMapping("/beat")
  Result beat(@PathVariable String agentId) {
    if (heartbeats.open(agentId).isPresent()) {
      return new Result("already-beating");
    }
    if (engine.correlate(MessageName.BEAT_NOW, agentId)) {
      return new Result("beating");
    }
    AgentState state = agents.state(agentId).orElse(null);
    if (state == null) {
      return new Result("unknown-agent");
    }
    return new Result(
        switch (state) {
          case RUNNING -> heartbeats.open(agentId).isPresent() ? "already-beating" : "not-ready";
          case STOPPED_FOR_REVIEW, STOPPED, RETIRED -> state.id();
        });
  }

  /**
   * Starts the agent's pacemaker; the engine ignores it while one runs, which is the point of a TTL
   * of zero.
   */
  @PostMapping("/start")
  Result start(@PathVariable String agentId) {
    engine.publish(MessageName.START_AGENT, agentId, Duration.ZERO, Map.of("agentId", agentId));
    return new Result("started");
  }

  /** Stops the agent after the beat that may be running. */
  @PostMapping("/stop")
  Result stop(@PathVariable String agentId) {
    engine.publish(MessageName.STOP_AGENT, agentId, STOP_LIVES, Map.of());
    return new Result("stopping");
  }
}
