package dev.kodo.api;

import dev.kodo.agent.Agents;
import dev.kodo.audit.AuditTrail;
import dev.kodo.decision.Decisions;
import dev.kodo.model.ModelDescription;
import dev.kodo.model.Models;
import dev.kodo.model.ProviderStatus;
import dev.kodo.process.Deployment;
import dev.kodo.process.ProcessEngine;
import dev.kodo.repair.Repairs;
import dev.kodo.start.Startup;
import java.util.List;
import java.util.Map;
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
  private final Models models;
  private final Decisions decisions;
  private final Deployment deployment;
  private final ProcessEngine engine;
  private final Startup startup;
  private final AgentReport report;
  private final Repairs repairs;
  private final AuditTrail trail;

  StatusController(
      Agents agents,
      Models models,
      Decisions decisions,
      Deployment deployment,
      ProcessEngine engine,
      Startup startup,
      AgentReport report,
      Repairs repairs,
      AuditTrail trail) {
    this.agents = agents;
    this.models = models;
    this.decisions = decisions;
    this.deployment = deployment;
    this.engine = engine;
    this.startup = startup;
    this.report = report;
    this.repairs = repairs;
    this.trail = trail;
  }

  record Status(
      ModelDescription model,
      List<ProviderStatus> models,
      List<AgentReport.AgentStatus> agents,
      int decisionsOpen,
      Repairs.Report repair,
      AuditTrail.Untold outbox,
      DeploymentStatus deployment) {}

  /**
   * @param changedLocally files that differ from what Kodo deployed last
   * @param deployedByOthers those of them that somebody deployed past Kodo since
   */
  record DeploymentStatus(int files, List<String> changedLocally, List<String> deployedByOthers) {}

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
        agents.ids().stream().map(report::of).toList(),
        decisions.open().size(),
        repairs.report(),
        trail.untold(),
        diagrams());
  }

  private DeploymentStatus diagrams() {
    List<String> changed = deployment.changedLocally();
    return new DeploymentStatus(
        deployment.fileCount(), changed, deployment.deployedByOthers(changed));
  }

  /** Has the engine accept one command and tells how long that took. */
  @PostMapping("/canary")
  Map<String, Long> canary() {
    return Map.of("millis", engine.canary().toMillis());
  }
}
