package dev.kodo.process.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** {@code self-repair} and what it calls: repair-attempt, repair-question. */
class RepairScenarioTest extends Scenario {
  /** Completing a user task needs the REST API, which only the real engine has. */
  private static final String ANSWERED_IN_TASKLIST = "Flow_RepairStuckStep";

  @Test
  void looksAtOnceAndThenAsOftenAsItIsTold() {
    // given
    startAgent();
    assertThat(looks()).isEqualTo(1);

    // when
    pass("PT1M59S");
    assertThat(looks()).isEqualTo(1);
    pass("PT1S");

    // then
    assertThat(looks()).isEqualTo(2);
    assertThat(body().lastInput("repair-look")).containsEntry("agentId", "main");
    assertThat(body().calls("repair-retry")).isEmpty();
    assertThat(trace().waiting()).contains("TimerEvent_LookDue");
  }

  @Test
  void watchesAnAgentOnlyOnce() {
    // given
    startAgent();

    // when
    startAgent();

    // then
    assertThat(trace().livingRoots("self-repair")).hasSize(1);
  }

  /** What giving up a process that the agent lives by relies on. */
  @Test
  void beginsAnewWhenItIsCancelledAfterTheMessage() {
    // given
    startAgent();
    Set<Long> former = trace().livingRoots("pacemaker");
    engine().publish("start-agent", "main", Duration.ofSeconds(30), Map.of("agentId", "main"));
    settle();
    assertThat(trace().livingRoots("pacemaker")).isEqualTo(former);

    // when
    engine().client().newCancelInstanceCommand(former.iterator().next()).send().join();
    settle();

    // then
    assertThat(trace().livingRoots("pacemaker")).hasSize(1).doesNotContainAnyElementsOf(former);
    pass("PT2M"); // The message has expired: it begins nothing of the next test.
  }

  @Test
  void attemptsEachFindingByItself() {
    // given
    found(job("R-1", 0, null), job("R-2", 1, 20L), job("R-3", 1, 400L));

    // when
    startAgent();

    // then
    assertThat(body().calls("repair-retry"))
        .extracting(call -> call.variables().get("repairId"))
        .containsExactlyInAnyOrder("R-1", "R-3");
    assertThat(trace().completed()).contains("EndEvent_TriedAgain", "EndEvent_LeftForNow");
    assertThat(body().calls("repair-ask")).isEmpty();
  }

  @Test
  void restoresTheWorkspaceBeforeItTriesAgain() {
    // given
    found(new Finding("R-1", "UNHANDLED_ERROR_EVENT", "workspace", 0, null));

    // when
    startAgent();

    // then
    assertThat(trace().completed()).containsSubsequence("Task_RestoreWorkspace", "Task_RetryStep");
    assertThat(body().lastInput("repair-retry")).containsEntry("repairId", "R-1");
  }

  @Test
  void asksAPersonWhereNoRuleKnowsAWayAndLooksOn() {
    // given
    found(job("R-1", 3, 4000L), job("R-2", 0, null));
    startAgent();
    assertThat(trace().waiting()).contains("UserTask_RepairStuckStep");
    assertThat(body().lastInput("repair-ask")).containsEntry("repairId", "R-1");

    // when
    found();
    pass("PT2M");

    // then
    assertThat(looks()).isEqualTo(2);
    assertThat(body().calls("repair-ask")).hasSize(1);
    assertThat(trace().waiting()).contains("UserTask_RepairStuckStep", "TimerEvent_LookDue");
  }

  @Test
  void asksNothingThatWasAskedBefore() {
    // given
    body().answerAlso("repair-ask", Map.of("asked", false));
    found(job("R-1", 3, 4000L));

    // when
    startAgent();

    // then
    assertThat(trace().completed()).contains("EndEvent_NothingToAsk");
    assertThat(trace().activated()).doesNotContain("UserTask_RepairStuckStep");
  }

  @Test
  void triesAgainAfterAYes() {
    // given
    asked();
    body().answer("repair-answer", Map.of("verdict", "retry"));

    // when
    decide(true);

    // then
    assertThat(body().lastInput("repair-answer"))
        .containsEntry("decisionId", "decision-3")
        .containsEntry("approved", true)
        .containsEntry("via", "command");
    assertThat(body().lastInput("repair-retry")).containsEntry("repairId", "R-1");
    assertThat(trace().completed())
        .containsSubsequence(
            "BoundaryEvent_DecisionMade", "Task_RetryStep", "EndEvent_QuestionsSettled");
  }

  @Test
  void cancelsTheInstanceAfterANo() {
    // given
    asked();
    body().answer("repair-answer", Map.of("verdict", "cancel"));

    // when
    decide(false);

    // then
    assertThat(body().lastInput("repair-cancel")).containsEntry("repairId", "R-1");
    assertThat(trace().completed()).contains("EndEvent_NoLongerStuck");
  }

  @Test
  void leavesTheStepWhenNobodyAnswers() {
    // given
    asked();

    // when
    pass("P7D");

    // then
    assertThat(body().lastInput("repair-answer"))
        .containsEntry("approved", false)
        .containsEntry("via", "overdue");
    assertThat(trace().completed())
        .containsSubsequence("BoundaryEvent_NobodyAnswered", "EndEvent_LeftAsItIs");
    assertThat(body().calls("repair-retry")).isEmpty();
    assertThat(body().calls("repair-cancel")).isEmpty();
  }

  @Test
  void takesTheQuestionBackWhenTheStepIsFree() {
    // given
    asked();

    // when
    publish("step-free", "R-1", Map.of());

    // then
    assertThat(body().lastInput("repair-answer")).containsEntry("via", "free");
    assertThat(trace().completed())
        .containsSubsequence("BoundaryEvent_StepFree", "EndEvent_LeftAsItIs");
  }

  @Test
  void givesARoundUpThatHangsAndLooksAgain() {
    // given
    found(job("R-1", 0, null));
    body().jam("repair-retry");
    startAgent();
    assertThat(trace().incidents()).hasSize(1);

    // when
    found();
    pass("PT15M");
    pass("PT2M");

    // then
    assertThat(trace().terminated()).contains("SubProcess_RepairRound");
    assertThat(trace().completed()).contains("BoundaryEvent_RoundHung", "EndEvent_Looked");
  }

  @Test
  void endsWithItsAgentAndTakesItsQuestionsAlong() {
    // given
    asked();
    Map<String, Object> stopped = new HashMap<>(UsualAnswers.BY_TYPE.get("repair-look"));
    stopped.put("agentLives", false);
    body().answer("repair-look", stopped);

    // when
    pass("PT2M");

    // then
    assertThat(trace().completed()).contains("EndEvent_SelfRepairEnded", "self-repair");
    assertThat(trace().terminated()).contains("UserTask_RepairStuckStep");
    assertThat(trace().livingRoots("self-repair")).isEmpty();
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void visitsEveryFlowNodeAndFlow() {
    for (String process : new String[] {"self-repair", "repair-attempt"}) {
      Coverage coverage = coverageOf(process);
      assertThat(coverage.missedNodes()).as(process).isEmpty();
      assertThat(coverage.missedFlows()).as(process).isEmpty();
    }
    Coverage question = coverageOf("repair-question");
    assertThat(question.missedNodes()).isEmpty();
    assertThat(question.missedFlows()).containsExactly(ANSWERED_IN_TASKLIST);
  }

  /** Holds the agent's beats: only self-repair is looked at here. */
  private void startAgent() {
    body().hold("agent-prepare");
    engine().publish("start-agent", "main", Duration.ZERO, Map.of("agentId", "main"));
    settle();
  }

  private void asked() {
    found(new Finding("R-1", "JOB_NO_RETRIES", "input", 0, null));
    startAgent();
    assertThat(trace().waiting()).contains("UserTask_RepairStuckStep");
    found();
  }

  private void found(Finding... findings) {
    body()
        .answerAlso(
            "repair-look",
            Map.of("findings", Arrays.stream(findings).map(Finding::variable).toList()));
  }

  /** What the look hands to the table, as a process variable. */
  private record Finding(
      String id, String kind, String trouble, int attempts, @Nullable Long sinceAttempt) {

    Map<String, Object> variable() {
      Map<String, Object> variable = new HashMap<>();
      variable.put("repairId", id);
      variable.put("kind", kind);
      variable.put("jobType", "tell");
      variable.put("trouble", trouble);
      variable.put("attempts", attempts);
      variable.put("sinceAttempt", sinceAttempt);
      variable.put("age", 5);
      return variable;
    }
  }

  private static Finding job(String id, int attempts, @Nullable Long sinceAttempt) {
    return new Finding(id, "JOB_NO_RETRIES", "other", attempts, sinceAttempt);
  }

  private void decide(boolean approved) {
    Map<String, Object> answer = new HashMap<>();
    answer.put("approved", approved);
    answer.put("answeredBy", "owner");
    answer.put("via", "command");
    answer.put("comment", "");
    publish("decision-made", "decision-3", answer);
  }

  private int looks() {
    return Collections.frequency(trace().activated(), "SubProcess_RepairRound");
  }
}
