package dev.kodo.process.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code routine-scheduler} and {@code routine-run}. */
class RoutineScenarioTest extends Scenario {
  @Test
  void looksAtOnceAndThenAsTheLastLookSays() {
    // given
    looked(Map.of("nextLookIn", "PT20S"));
    startAgent();
    assertThat(looks()).isEqualTo(1);

    // when
    pass("PT19S");

    // then
    assertThat(looks()).isEqualTo(1);

    // when
    pass("PT1S");

    // then
    assertThat(looks()).isEqualTo(2);
    assertThat(body().calls("routine-start")).isEmpty();
  }

  @Test
  void schedulesAnAgentOnlyOnce() {
    startAgent();

    startAgent();

    assertThat(trace().livingRoots("routine-scheduler")).hasSize(1);
  }

  @Test
  void carriesOutWhatIsDueAndGoesOnLooking() {
    // given
    due(run("news", "PT10M", null));
    body().hold("routine-carry-out");

    // when
    startAgent();
    looked(Map.of());
    pass("PT1M");

    // then
    assertThat(looks()).isEqualTo(2);
    assertThat(trace().waiting()).contains("Task_CarryOut", "Gateway_WaitForRoutine");

    // when
    body().release("routine-carry-out");
    settle();

    // then
    assertThat(body().lastInput("routine-carry-out"))
        .containsEntry("agentId", "main")
        .containsEntry("modelClass", "cheap")
        .containsEntry("runId", "id-news");
    assertThat(body().lastInput("routine-close")).containsEntry("outcome", "done");
    assertThat(trace().completed()).contains("EndEvent_RunEnded", "EndEvent_RunsEnded");
  }

  @Test
  void letsRunsOfDifferentRoutinesOverlap() {
    // given
    due(List.of(run("news", "PT10M", null), run("report", "PT20M", null)));
    body().hold("routine-carry-out");

    // when
    startAgent();

    // then
    assertThat(Collections.frequency(trace().waiting(), "Task_CarryOut")).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"normal, 1", "low-compute, 1", "critical, 0", "dead, 0"})
  void beginsNoRunWhereTheTierDoesNotPermitIt(String tier, int begun) {
    // given
    due(List.of());
    looked(Map.of("due", List.of("news"), "tier", tier));

    // when
    startAgent();

    // then
    assertThat(body().calls("routine-start")).hasSize(begun);
    assertThat(trace().completed()).contains("EndEvent_RoutinesLookedFor");
  }

  @Test
  void handsATriggerToTheLookAndTakesNothingElseFromTheMessage() {
    // given
    startAgent();

    // when
    publish(
        "routine-trigger", "main", Map.of("routine", "news", "message", "go", "agentId", "other"));

    // then
    assertThat(body().lastInput("routine-look"))
        .containsEntry("triggeredRoutine", "news")
        .containsEntry("triggeredMessage", "go")
        .containsEntry("agentId", "main");

    // when
    pass("PT1M");

    // then
    assertThat(body().lastInput("routine-look"))
        .containsEntry("triggeredRoutine", null)
        .containsEntry("triggeredMessage", null);
  }

  @Test
  void takesATriggerOfAnotherTypeForNone() {
    startAgent();

    publish("routine-trigger", "main", Map.of("routine", List.of(1, 2), "message", 7));

    assertThat(body().lastInput("routine-look"))
        .containsEntry("triggeredRoutine", null)
        .containsEntry("triggeredMessage", null);
    assertThat(trace().incidents()).isEmpty();
  }

  @Test
  void losesNoTriggerThatComesDuringALook() {
    // given
    body().hold("routine-look");
    startAgent();
    publish("routine-trigger", "main", Map.of("routine", "one"));
    publish("routine-trigger", "main", Map.of("routine", "two"));

    // when
    body().release("routine-look");
    settle();

    // then
    assertThat(body().calls("routine-look"))
        .extracting(call -> call.variables().get("triggeredRoutine"))
        .containsExactly(null, "one", "two");
  }

  @Test
  void stopsARunAtItsTimeLimit() {
    // given
    due(run("news", "PT2M", null));
    body().hold("routine-carry-out");
    startAgent();
    looked(Map.of());

    // when
    pass("PT1M59S");

    // then
    assertThat(trace().waiting()).contains("Task_CarryOut");

    // when
    pass("PT1S");

    // then
    assertThat(trace().terminated()).contains("Task_CarryOut");
    assertThat(body().lastInput("routine-close")).containsEntry("outcome", "time-is-up");
  }

  @Test
  void endsARunThatHasUsedUpItsOwnLimit() {
    // given
    body().fail("routine-carry-out", "LIMIT_REACHED");
    due(run("news", "PT2M", null));

    // when
    startAgent();

    // then
    assertThat(trace().completed()).contains("BoundaryEvent_LimitReached", "EndEvent_RunEnded");
    assertThat(body().lastInput("routine-close"))
        .containsEntry("outcome", "limit-reached")
        .containsEntry("errorCode", "LIMIT_REACHED");
  }

  @ParameterizedTest
  @ValueSource(strings = {"MODEL_UNAVAILABLE", "BUDGET_EXCEEDED", "WORKSPACE_UNWRITABLE"})
  void recordsARunThatFails(String errorCode) {
    // given
    body().fail("routine-carry-out", errorCode);
    due(run("news", "PT2M", null));

    // when
    startAgent();

    // then
    assertThat(trace().completed()).contains("BoundaryEvent_RunFailed", "EndEvent_RunEnded");
    assertThat(body().lastInput("routine-close"))
        .containsEntry("outcome", "failed")
        .containsEntry("errorCode", errorCode);
  }

  @Test
  void callsADiagramOfTheOwner() {
    // given
    body().answer("sos-prepare", Map.of("toldBefore", true, "channels", List.of()));
    due(run("report", "PT2M", "sos"));

    // when
    startAgent();

    // then
    assertThat(trace().completed()).contains("EndEvent_ToldBefore", "CallActivity_OwnDiagram");
    assertThat(body().lastInput("sos-prepare"))
        .containsEntry("agentId", "main")
        .containsEntry("routine", "report")
        .containsEntry("runId", "id-report")
        .doesNotContainKey("timeLimit");
    assertThat(body().lastInput("routine-close")).containsEntry("outcome", "done");
  }

  @Test
  void endsACallOfADiagramThatIsNotThereAtItsTimeLimit() {
    // given
    due(run("report", "PT2M", "no-such-diagram"));
    startAgent();
    looked(Map.of());
    assertThat(trace().incidents()).singleElement().asString().contains("no-such-diagram");

    // when
    pass("PT2M");

    // then
    assertThat(body().lastInput("routine-close")).containsEntry("outcome", "time-is-up");
  }

  @Test
  void givesALookUpThatHangsAndLooksAgain() {
    // given
    body().jam("routine-look");
    startAgent();
    assertThat(trace().incidents()).hasSize(1);

    // when
    pass("PT5M");
    looked(Map.of());
    pass("PT1M");

    // then
    assertThat(trace().completed())
        .contains("BoundaryEvent_RoutineLookHung", "EndEvent_RoutinesLookedFor");
  }

  /** The worker has recorded the runs, and its answer comes after the limit of a look. */
  @Test
  void carriesOutRunsWhoseRecordIsConfirmedAfterTheLimitOfALook() {
    // given
    due(run("news", "PT10M", null));
    body().hold("routine-start");
    startAgent();

    // when
    pass("PT6M");
    looked(Map.of());
    body().release("routine-start");
    settle();

    // then
    assertThat(trace().terminated()).doesNotContain("Task_BeginRuns");
    assertThat(body().calls("routine-start")).hasSize(1);
    assertThat(body().calls("routine-carry-out")).hasSize(1);
    assertThat(trace().waiting()).contains("Gateway_WaitForRoutine");
  }

  @Test
  void endsWithItsAgentAndTakesTheRunsWithIt() {
    // given
    due(run("news", "PT10M", null));
    body().hold("routine-carry-out");
    startAgent();
    looked(Map.of("agentLives", false));

    // when
    publishOnce("look-now", "main");

    // then
    assertThat(trace().completed()).contains("EndEvent_SchedulerEnded", "routine-scheduler");
    assertThat(trace().terminated()).contains("Task_CarryOut", "routine-run");
    assertThat(trace().livingRoots("routine-scheduler")).isEmpty();
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void visitsEveryFlowNodeAndFlow() {
    for (String process : new String[] {"routine-scheduler", "routine-run"}) {
      Coverage coverage = coverageOf(process);
      assertThat(coverage.missedNodes()).as(process).isEmpty();
      assertThat(coverage.missedFlows()).as(process).isEmpty();
    }
  }

  /** Holds everything else that the message starts. */
  private void startAgent() {
    body().hold("agent-prepare");
    engine().publish("start-agent", "main", Duration.ZERO, Map.of("agentId", "main"));
    settle();
  }

  private void looked(Map<String, Object> found) {
    body().answerAlso("routine-look", found);
  }

  private void due(Map<String, Object> run) {
    due(List.of(run));
  }

  private void due(List<Map<String, Object>> runs) {
    looked(Map.of("due", List.of("some"), "modelClass", "cheap", "nextLookIn", "PT1M"));
    body().answer("routine-start", Map.of("dueRuns", runs));
  }

  private static Map<String, Object> run(
      String routine, String timeLimit, @Nullable String processId) {
    Map<String, Object> run = new HashMap<>();
    run.put("runId", "id-" + routine);
    run.put("routine", routine);
    run.put("timeLimit", timeLimit);
    run.put("ownDiagram", processId != null);
    run.put("processId", processId);
    return run;
  }

  private int looks() {
    return Collections.frequency(trace().activated(), "SubProcess_LookForRoutines");
  }
}
