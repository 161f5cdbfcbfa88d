package dev.kodo.api;

import dev.kodo.agent.AgentState;
import dev.kodo.agent.Agents;
import dev.kodo.channel.NoticeStatus;
import dev.kodo.channel.Notices;
import dev.kodo.decision.Decisions;
import dev.kodo.heartbeat.BeatCounts;
import dev.kodo.heartbeat.Heartbeats;
import dev.kodo.model.ModelDescription;
import dev.kodo.model.Models;
import dev.kodo.model.ProviderStatus;
import dev.kodo.process.Deployment;
import dev.kodo.process.ProcessEngine;
import dev.kodo.start.Startup;
import dev.kodo.survival.Standing;
import dev.kodo.survival.Survival;
import dev.kodo.theme.Themes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** How the body is, and what its agents are doing. */
@RestController
@RequestMapping("/api")
class StatusController {
  private final Agents agents;
  private final Heartbeats heartbeats;
  private final Themes themes;
  private final Models models;
  private final Decisions decisions;
  private final Deployment deployment;
  private final ProcessEngine engine;
  private final Startup startup;
  private final HeartbeatController ended;
  private final Survival survival;
  private final Notices notices;

  StatusController(
      Agents agents,
      Heartbeats heartbeats,
      Themes themes,
      Models models,
      Decisions decisions,
      Deployment deployment,
      ProcessEngine engine,
      Startup startup,
      HeartbeatController ended,
      Survival survival,
      Notices notices) {
    this.agents = agents;
    this.heartbeats = heartbeats;
    this.themes = themes;
    this.models = models;
    this.decisions = decisions;
    this.deployment = deployment;
    this.engine = engine;
    this.startup = startup;
    this.ended = ended;
    this.survival = survival;
    this.notices = notices;
  }

  record Status(
      ModelDescription model,
      List<ProviderStatus> models,
      List<AgentStatus> agents,
      int decisionsOpen,
      DeploymentStatus deployment) {}

  record AgentStatus(
      String agentId,
      String state,
      @Nullable RunningTheme theme,
      @Nullable Beating beating,
      BeatCounts beats,
      HeartbeatController.@Nullable EndedBeat lastBeat,
      @Nullable Standing survival,
      @Nullable NoticeStatus sos) {}

  record RunningTheme(String id, String name, String title, Instant startedAt, int beats) {}

  record Beating(String heartbeatId, @Nullable String activity, Instant since) {}

  record DeploymentStatus(int files, List<String> changedLocally) {}

  @GetMapping("/health")
  ResponseEntity<Map<String, String>> health() {
    return startup.isReady()
        ? ResponseEntity.ok(Map.of("state", "ready"))
        : ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE).body(Map.of("state", "starting"));
  }

  @GetMapping("/status")
  Status status() {
    return new Status(
        models.describe(),
        models.status(),
        agents.ids().stream().map(this::agent).toList(),
        decisions.open().size(),
        new DeploymentStatus(deployment.fileCount(), deployment.changedLocally()));
  }

  /** Has the engine accept one command and tells how long that took. */
  @PostMapping("/canary")
  Map<String, Long> canary() {
    return Map.of("millis", engine.canary().toMillis());
  }

  private AgentStatus agent(String agentId) {
    return new AgentStatus(
        agentId,
        agents.state(agentId).map(AgentState::id).orElse("unknown"),
        themes
            .current(agentId)
            .map(
                theme ->
                    new RunningTheme(
                        theme.id(),
                        theme.name(),
                        theme.title(),
                        theme.startedAt(),
                        heartbeats.beatsInTheme(agentId, theme.id())))
            .orElse(null),
        heartbeats
            .open(agentId)
            .map(beat -> new Beating(beat.heartbeatId(), beat.activity(), beat.openedAt()))
            .orElse(null),
        heartbeats.counts(agentId),
        heartbeats.last(agentId).map(ended::told).orElse(null),
        survival.of(agentId).orElse(null),
        notices.latest(agentId).orElse(null));
  }
}
