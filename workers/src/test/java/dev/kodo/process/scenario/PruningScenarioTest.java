package dev.kodo.process.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code session-pruning}. */
class PruningScenarioTest extends Scenario {
  @Test
  void prunesEveryTenMinutes() {
    // given
    startAgent();
    pass("PT9M59S");
    assertThat(prunings()).isZero();

    // when
    pass("PT1S");
    pass("PT10M");

    // then
    assertThat(prunings()).isEqualTo(2);
    assertThat(body().lastInput("session-prune-records"))
        .containsEntry("agentId", "main")
        .containsEntry("prunedEffects", 3);
  }

  @Test
  void prunesAgainSoonWhileThereIsMore() {
    // given
    body().answer("session-prune-records", Map.of("agentLives", true, "nextPruningIn", "PT10S"));
    startAgent();

    // when
    pass("PT10M");
    pass("PT10S");
    pass("PT10S");

    // then
    assertThat(prunings()).isEqualTo(3);
  }

  @Test
  void prunesAnAgentOnlyOnce() {
    startAgent();

    startAgent();

    assertThat(trace().livingRoots("session-pruning")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"session-prune-effects", "session-prune-records"})
  void givesAPruningUpThatHangs(String jobType) {
    // given
    body().jam(jobType);
    startAgent();
    pass("PT10M");
    assertThat(trace().incidents()).hasSize(1);

    // when
    pass("PT15M");
    body().answerAlso(jobType, Map.of());
    pass("PT10M");

    // then
    assertThat(trace().completed()).contains("BoundaryEvent_PruningHung", "EndEvent_Pruned");
  }

  @Test
  void endsWithItsAgent() {
    // given
    body().answer("session-prune-records", Map.of("agentLives", false, "nextPruningIn", "PT10M"));
    startAgent();

    // when
    pass("PT10M");

    // then
    assertThat(trace().completed()).contains("EndEvent_PruningEnded", "session-pruning");
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void visitsEveryFlowNodeAndFlow() {
    Coverage coverage = coverageOf("session-pruning");
    assertThat(coverage.missedNodes()).isEmpty();
    assertThat(coverage.missedFlows()).isEmpty();
  }

  /** Holds everything else that the message starts. */
  private void startAgent() {
    body().hold("agent-prepare").hold("routine-look").hold("survival-measure");
    engine().publish("start-agent", "main", Duration.ZERO, Map.of("agentId", "main"));
    settle();
  }

  private int prunings() {
    return Collections.frequency(trace().completed(), "EndEvent_Pruned");
  }
}
