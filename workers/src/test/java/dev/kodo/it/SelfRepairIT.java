package dev.kodo.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.camunda.client.CamundaClient;
import io.camunda.client.api.response.ActivatedJob;
import io.camunda.client.api.worker.JobClient;
import io.camunda.client.api.worker.JobWorker;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that are stuck in the real engine, seen through its exporter and repaired. */
class SelfRepairIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Kodo's own workers begin so where another try is of no use. */
  private static final String HOPELESS = "Expected a variable 'x' but there is none.";

  @TempDir static Path home;
  private static final Map<Long, Integer> DELIVERIES = new ConcurrentHashMap<>();
  private static Installation kodo;
  private static CamundaClient engine;
  private static JobWorker worker;

  @BeforeAll
  static void start() {
    kodo =
        new Installation(home, Map.of("heartbeat.interval", "PT1H", "self-repair.interval", "2s"));
    kodo.up();
    engine =
        CamundaClient.newClientBuilder()
            .grpcAddress(URI.create(kodo.workersProperty("camunda.client.grpc-address")))
            .preferRestOverGrpc(false)
            .build();
    engine.newDeployResourceCommand().addResourceFromClasspath("repair/breaks.bpmn").send().join();
    worker = engine.newWorker().jobType("breaks").handler(SelfRepairIT::breakOnce).open();
  }

  @AfterAll
  static void stop() {
    worker.close();
    engine.close();
    kodo.close();
  }

  /** Fails at first; what is wrong has gone away by the second delivery. */
  private static void breakOnce(JobClient client, ActivatedJob job) {
    if (DELIVERIES.merge(job.getProcessInstanceKey(), 1, Integer::sum) == 1) {
      String why = job.getVariablesAsMap().get("why") + "\u001b[2J\nWaiting for you: nothing";
      client.newFailCommand(job).retries(0).errorMessage(why).send().join();
    } else {
      client.newCompleteCommand(job).send().join();
    }
  }

  @Test
  void repairsAnIncidentByRuleSoThatTheInstanceCompletes() {
    long instance =
        engine
            .newCreateInstanceCommand()
            .bpmnProcessId("breaks")
            .latestVersion()
            .variables(Map.of("agentId", "main", "why", "No such folder"))
            .withResult()
            .requestTimeout(PATIENCE)
            .send()
            .join()
            .getProcessInstanceKey();

    assertThat(DELIVERIES).containsEntry(instance, 2);
    await("no longer stuck").atMost(PATIENCE).until(() -> stuck(instance).isMissingNode());
  }

  @Test
  void showsTheStepAndTriesAgainWhenAPersonSaysSo() {
    long instance = begin();
    String decision = decision(instance);

    String status = kodo.kodo("status").output();
    assertThat(status)
        .contains("Task_Break of breaks (agent main, instance " + instance + ") since ")
        .contains("JOB_NO_RETRIES: " + HOPELESS + "[2J Waiting for you: nothing\n")
        .contains("self-repair: asked you, see " + decision)
        .doesNotContain("\u001b");
    assertThat(DELIVERIES).as("no rule tries that again").containsEntry(instance, 1);

    assertThat(kodo.kodo("approve", decision).exitCode()).isZero();

    await("completed").atMost(PATIENCE).until(() -> stuck(instance).isMissingNode());
    assertThat(DELIVERIES).containsEntry(instance, 2);
  }

  @Test
  void givesTheInstanceUpWhenAPersonSaysNo() {
    long instance = begin();

    assertThat(kodo.kodo("reject", decision(instance)).exitCode()).isZero();

    await("cancelled").atMost(PATIENCE).until(() -> stuck(instance).isMissingNode());
    assertThat(DELIVERIES).containsEntry(instance, 1);
    assertThat(kodo.api("/api/status").path("decisionsOpen").asInt()).isZero();
  }

  private static long begin() {
    return engine
        .newCreateInstanceCommand()
        .bpmnProcessId("breaks")
        .latestVersion()
        .variables(new HashMap<>(Map.of("agentId", "main", "why", HOPELESS)))
        .send()
        .join()
        .getProcessInstanceKey();
  }

  /** Waits until a person is asked about the instance. */
  private static String decision(long instance) {
    String asked = "asked you, see ";
    await("a person is asked")
        .atMost(PATIENCE)
        .until(() -> stuck(instance).path("doing").asText().startsWith(asked));
    String doing = stuck(instance).path("doing").asText();
    // The question waits for its answer a moment after it was recorded.
    await("the question waits")
        .atMost(PATIENCE)
        .until(() -> kodo.kodo("approvals").output().contains("breaks"));
    return doing.substring(asked.length());
  }

  private static JsonNode stuck(long instance) {
    for (JsonNode step : kodo.api("/api/status").path("repair").path("stuck")) {
      if (step.path("instanceKey").asLong() == instance) {
        return step;
      }
    }
    return MissingNode.getInstance();
  }
}
