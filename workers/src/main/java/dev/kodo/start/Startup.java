package dev.kodo.start;

import dev.kodo.agent.AgentState;
import dev.kodo.agent.Agents;
import dev.kodo.config.KodoProperties;
import dev.kodo.process.Deployment;
import dev.kodo.process.DeploymentResult;
import dev.kodo.process.MessageName;
import dev.kodo.process.ProcessEngine;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;

/**
 * What happens once when the body has started: deploy what the engine does not know, start the
 * pacemakers of the configured agents. A failure ends the body; the kernel starts it again. A new
 * file that is refused is a failure only while the engine has got nothing from Kodo: a half-drawn
 * diagram must not stop a life that runs on the deployed ones.
 */
@Component
public class Startup implements ApplicationRunner {
  private static final Logger LOG = LoggerFactory.getLogger(Startup.class);

  private final Deployment deployment;
  private final Agents agents;
  private final ProcessEngine engine;
  private final KodoProperties properties;
  private volatile boolean ready;

  Startup(Deployment deployment, Agents agents, ProcessEngine engine, KodoProperties properties) {
    this.deployment = deployment;
    this.agents = agents;
    this.engine = engine;
    this.properties = properties;
  }

  /** Whether the diagrams and the agents are on their way. */
  public boolean isReady() {
    return ready;
  }

  @Override
  public void run(ApplicationArguments arguments) {
    deployUnknown();
    List<String> changed = deployment.changedLocally();
    if (!changed.isEmpty()) {
      LOG.info("Changed since they were deployed: {}. Deploy them with: kodo deploy", changed);
    }
    properties.agents().forEach(this::start);
    ready = true;
  }

  private void deployUnknown() {
    List<DeploymentResult> results = deployment.deployUnknown();
    List<DeploymentResult> refused =
        results.stream().filter(result -> result.kind() == DeploymentResult.Kind.REFUSED).toList();
    if (refused.isEmpty()) {
      results.forEach(result -> LOG.info("{} {}", result.resource(), result.kind()));
      return;
    }
    refused.forEach(result -> LOG.warn("{} was refused: {}", result.resource(), result.problems()));
    if (!deployment.hasDeployed()) {
      throw new IllegalStateException(
          "The diagrams in %s were refused; see the lines above, correct them and start again."
              .formatted(properties.installation()));
    }
    LOG.warn("The agents go on with what was deployed before. When corrected: kodo deploy");
  }

  /**
   * The engine ignores the message while the agent's pacemaker runs. A stopped or retired agent
   * stays so.
   */
  private void start(String agentId) {
    boolean wanted =
        agents
            .state(agentId)
            .map(
                state ->
                    switch (state) {
                      case RUNNING, STOPPED_FOR_REVIEW -> true;
                      case STOPPED, RETIRED -> false;
                    })
            .orElse(true);
    if (wanted) {
      engine.publish(MessageName.START_AGENT, agentId, Duration.ZERO, Map.of("agentId", agentId));
    } else {
      LOG.info(
          "Agent {} is {} and is not started.",
          agentId,
          agents.state(agentId).map(AgentState::id).orElse(""));
    }
  }
}
