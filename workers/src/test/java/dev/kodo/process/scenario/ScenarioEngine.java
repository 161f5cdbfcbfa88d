package dev.kodo.process.scenario;

import io.camunda.client.CamundaClient;
import io.camunda.client.api.command.DeployResourceCommandStep1.DeployResourceCommandStep2;
import io.camunda.zeebe.process.test.api.ZeebeTestEngine;
import io.camunda.zeebe.process.test.engine.EngineFactory;
import io.camunda.zeebe.protocol.record.Record;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** An in-memory engine that holds the real diagrams. One for each test class: it takes seconds. */
public final class ScenarioEngine implements AutoCloseable {
  /** Generous: the first deployment loads the whole engine, perhaps on a busy machine. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final ZeebeTestEngine engine;
  private final CamundaClient client;
  private final Idle idle;
  private final EngineLog log;
  private final List<Record<?>> events = new ArrayList<>();
  private Duration moved = Duration.ZERO;

  private ScenarioEngine(ZeebeTestEngine engine) {
    this.engine = engine;
    this.client =
        CamundaClient.newClientBuilder()
            .grpcAddress(URI.create("http://" + engine.getGatewayAddress()))
            .preferRestOverGrpc(false)
            .defaultRequestTimeout(PATIENCE)
            .build();
    this.idle = Idle.of(engine);
    this.log = EngineLog.of(engine, kind -> true);
  }

  public static ScenarioEngine start() {
    ZeebeTestEngine engine = EngineFactory.create();
    engine.start();
    ScenarioEngine scenarios = new ScenarioEngine(engine);
    scenarios.deploy(ProjectFiles.resources());
    return scenarios;
  }

  private void deploy(List<Path> files) {
    DeployResourceCommandStep2 command =
        client.newDeployResourceCommand().addResourceFile(files.getFirst().toString());
    for (Path file : files.subList(1, files.size())) {
      command = command.addResourceFile(file.toString());
    }
    command.send().join();
  }

  public CamundaClient client() {
    return client;
  }

  /** Every event that the engine has recorded so far; a view that only grows. */
  List<Record<?>> events() {
    events.addAll(log.news());
    return Collections.unmodifiableList(events);
  }

  void publish(String message, String key, Duration timeToLive, Map<String, Object> variables) {
    client
        .newPublishMessageCommand()
        .messageName(message)
        .correlationKey(key)
        .timeToLive(timeToLive)
        .variables(variables)
        .send()
        .join();
  }

  long createInstance(String processId, Map<String, Object> variables) {
    return client
        .newCreateInstanceCommand()
        .bpmnProcessId(processId)
        .latestVersion()
        .variables(variables)
        .send()
        .join()
        .getProcessInstanceKey();
  }

  /** Moves the clock; what falls due happens soon after, not before this returns. */
  void moveClock(Duration duration) {
    moved = moved.plus(duration);
    engine.increaseTime(duration);
  }

  /** The engine's time: the machine's, and what it was moved on. */
  Instant now() {
    return Instant.now().plus(moved);
  }

  void awaitIdle() {
    idle.await(PATIENCE);
  }

  @Override
  public void close() {
    client.close();
    engine.stop();
  }
}
