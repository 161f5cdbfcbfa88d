package dev.kodo.process.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kodo.process.ProcessEngine;
import dev.kodo.process.RealProcessEngine;
import io.camunda.client.api.command.ClientStatusException;
import io.camunda.client.api.response.ActivatedJob;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the pruning of effects relies on: the engine knows which of its element instances live. */
class LivingElementsTest {
  @Test
  void knowsAnElementInstanceAsLongAsItsJobMayComeBack() {
    try (ScenarioEngine engine = ScenarioEngine.start()) {
      // given
      ProcessEngine asked = RealProcessEngine.on(engine.client());
      long instance = engine.createInstance("survival-check", Map.of("agentId", "main"));
      ActivatedJob job = activate(engine, "survival-measure").getFirst();

      // then
      assertThat(asked.isRunning(instance)).isTrue();
      assertThat(asked.isRunning(job.getElementInstanceKey())).isTrue();

      // when the job ends, and its process instance goes on
      engine
          .client()
          .newCompleteCommand(job)
          .variables(Map.of("spending", Map.of("share", 0.1)))
          .send()
          .join();
      engine.awaitIdle();

      // then
      assertThat(asked.isRunning(instance)).isTrue();
      assertThat(asked.isRunning(job.getElementInstanceKey())).isFalse();
      assertThat(activate(engine, "survival-measure")).isEmpty();
      assertThatThrownBy(() -> engine.client().newCompleteCommand(job).send().join())
          .isInstanceOfSatisfying(
              ClientStatusException.class,
              refused -> assertThat(refused.getStatusCode()).isEqualTo(Status.Code.NOT_FOUND));

      // when the process instance ends
      engine.client().newCancelInstanceCommand(instance).send().join();
      engine.awaitIdle();

      // then
      assertThat(asked.isRunning(instance)).isFalse();
    }
  }

  private static List<ActivatedJob> activate(ScenarioEngine engine, String type) {
    return engine
        .client()
        .newActivateJobsCommand()
        .jobType(type)
        .maxJobsToActivate(1)
        .timeout(Duration.ofHours(1))
        .requestTimeout(Duration.ofSeconds(5))
        .send()
        .join()
        .getJobs();
  }
}
