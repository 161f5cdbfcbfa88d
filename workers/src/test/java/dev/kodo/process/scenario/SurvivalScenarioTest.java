package dev.kodo.process.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code survival-monitor} and what it calls: survival-check, spend-more, sos. */
class SurvivalScenarioTest extends Scenario {
  /** Completing a user task needs the REST API, which only the real engine has. */
  private static final String ANSWERED_IN_TASKLIST = "Flow_SpendMoreToday";

  @Test
  void looksEveryFiveMinutes() {
    // given
    startAgent();

    // when
    pass("PT4M59S");

    // then
    assertThat(looks()).isZero();

    // when
    pass("PT1S");
    pass("PT5M");

    // then
    assertThat(looks()).isEqualTo(2);
    assertThat(body().lastInput("survival-measure")).containsEntry("agentId", "main");
    assertThat(body().calls("survival-tell")).isEmpty();
    assertThat(body().calls("sos-prepare")).isEmpty();
  }

  @Test
  void looksAsOftenAsItIsTold() {
    // given
    startAgent(Map.of("agentId", "main", "lookInterval", "PT20S"));

    // when
    pass("PT20S");

    // then
    assertThat(looks()).isEqualTo(1);
  }

  @Test
  void watchesAnAgentOnlyOnce() {
    // given
    startAgent();

    // when
    startAgent();

    // then
    assertThat(trace().livingRoots("survival-monitor")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"0.1, normal", "0.7, low-compute", "0.9, critical", "0.95, dead"})
  void letsTheTableDecideTheTier(double share, String tier) {
    // given
    body().answer("survival-measure", Map.of("spending", Map.of("share", share)));

    // when
    start("survival-check", Map.of("agentId", "main"));

    // then
    assertThat(body().lastInput("survival-record"))
        .extractingByKey("decided")
        .asInstanceOf(
            org.assertj.core.api.InstanceOfAssertFactories.map(String.class, Object.class))
        .containsEntry("tier", tier);
    assertThat(trace().completed()).contains("EndEvent_TierKnown");
  }

  @Test
  void keepsTheTierWhenTheSpendingIsUnknown() {
    // given
    body().fail("survival-measure", "SPENDING_UNKNOWN");

    // when
    start("survival-check", Map.of("agentId", "main"));

    // then
    assertThat(trace().completed())
        .containsSubsequence("BoundaryEvent_SpendingUnknown", "EndEvent_TierKept")
        .doesNotContain("Task_DecideTier");
    assertThat(body().lastInput("survival-keep")).containsKey("errorMessage");
    assertThat(body().calls("survival-record")).isEmpty();
  }

  @Test
  void raisesNoAlertWhileTheSpendingIsUnknown() {
    // given
    Map<String, Object> kept = new HashMap<>(UsualAnswers.tier("critical", "minimal", 4));
    kept.put("share", null);
    body().fail("survival-measure", "SPENDING_UNKNOWN").answer("survival-keep", kept);
    startAgent();

    // when
    pass("PT5M");

    // then
    assertThat(body().lastInput("survival-note"))
        .containsEntry("tier", "critical")
        .containsEntry("alerts", List.of());
    assertThat(trace().incidents()).isEmpty();
  }

  @Test
  void tellsTheRunningBeatOfANewTier() {
    // given
    news(Map.of("tierNews", true));
    startAgent();

    // when
    pass("PT5M");

    // then
    assertThat(body().calls("survival-tell")).hasSize(1);
    assertThat(trace().completed()).containsSubsequence("Task_TellBeat", "EndEvent_Looked");
  }

  @Test
  void handsThePassedStepsOfTheBudgetOn() {
    // given
    Map<String, Object> known = new HashMap<>(UsualAnswers.tier("low-compute", "cheap", 1));
    known.put("share", 0.83);
    body().answer("survival-record", known);
    startAgent();

    // when
    pass("PT5M");

    // then
    assertThat(body().lastInput("survival-note")).containsEntry("alerts", List.of(50, 80));
  }

  @Test
  void tellsTheOwnerEachNoticeOnEveryChannel() {
    // given
    news(Map.of("notices", List.of("alert-1", "sos-main-2")));
    startAgent();

    // when
    pass("PT5M");

    // then
    assertThat(body().calls("sos-prepare"))
        .extracting(call -> call.variables().get("noticeId"))
        .containsExactlyInAnyOrder("alert-1", "sos-main-2");
    assertThat(body().calls("sos-deliver"))
        .extracting(call -> call.variables().get("channel"))
        .containsExactlyInAnyOrder("log", "webhook", "log", "webhook");
    assertThat(trace().completed()).contains("EndEvent_NothingToAsk");
  }

  @Test
  void looksOnWhileAChannelStillTries() {
    // given
    body().hold("sos-deliver");
    news(Map.of("notices", List.of("sos-main-2")));
    startAgent();
    pass("PT5M");

    // when
    news(Map.of());
    pass("PT5M");

    // then
    assertThat(looks()).isEqualTo(2);
    assertThat(trace().waiting()).contains("Task_DeliverMessage", "Gateway_WaitForLook");
  }

  @Test
  void tellsNothingTwice() {
    // given
    body().answer("sos-prepare", Map.of("toldBefore", true, "channels", List.of()));

    // when
    start("sos", Map.of("agentId", "main", "noticeId", "sos-main-2"));

    // then
    assertThat(trace().completed()).contains("EndEvent_ToldBefore");
    assertThat(body().calls("sos-deliver")).isEmpty();
  }

  @Test
  void deliversOnOneChannelWhenAnotherFails() {
    // given
    body().failWhen("sos-deliver", "channel", "webhook", "CHANNEL_FAILED");

    // when
    start("sos", Map.of("agentId", "main", "noticeId", "sos-main-2"));

    // then
    assertThat(body().calls("sos-fail"))
        .singleElement()
        .satisfies(call -> assertThat(call.variables()).containsEntry("channel", "webhook"));
    assertThat(trace().completed())
        .contains(
            "EndEvent_MessageDelivered", "EndEvent_MessageNotDelivered", "EndEvent_OwnerTold");
  }

  @Test
  void asksTheOwnerOfADeadAgentAndTellsTheCommandAfterAYes() {
    // given
    askToSpend();
    body().answer("survival-answer", Map.of("approved", true, "noticeId", "spend-more-decision-2"));

    // when
    decide(true);

    // then
    assertThat(body().lastInput("survival-answer"))
        .containsEntry("decisionId", "decision-2")
        .containsEntry("approved", true)
        .containsEntry("via", "command");
    assertThat(body().lastInput("sos-prepare")).containsEntry("noticeId", "spend-more-decision-2");
    assertThat(trace().completed())
        .containsSubsequence("BoundaryEvent_DecisionMade", "EndEvent_CommandTold")
        .contains("EndEvent_QuestionSettled");
  }

  @Test
  void takesNoForNo() {
    // given
    askToSpend();
    body().answer("survival-answer", Map.of("approved", false));

    // when
    decide(false);

    // then
    assertThat(trace().completed()).contains("EndEvent_NotMoreToday", "EndEvent_QuestionSettled");
  }

  @Test
  void takesSilenceForNoWhenTheDayIsOver() {
    // given
    askToSpend();
    body().answer("survival-answer", Map.of("approved", false));

    // when
    pass("PT8H");

    // then
    assertThat(body().lastInput("survival-answer"))
        .containsEntry("approved", false)
        .containsEntry("via", "overdue");
    assertThat(trace().completed())
        .containsSubsequence("BoundaryEvent_DayOver", "EndEvent_NotMoreToday");
  }

  @Test
  void looksOnWhileTheQuestionWaits() {
    // given
    askToSpend();

    // when
    pass("PT5M");

    // then
    assertThat(looks()).isEqualTo(2);
    assertThat(trace().waiting()).contains("UserTask_SpendMoreToday");
  }

  @ParameterizedTest
  @CsvSource({"survival-record", "survival-keep", "survival-note", "survival-tell"})
  void givesALookUpThatHangsAndLooksAgain(String jobType) {
    // given
    if (jobType.equals("survival-keep")) {
      body().fail("survival-measure", "SPENDING_UNKNOWN");
    }
    news(Map.of("tierNews", true));
    body().jam(jobType);
    startAgent();
    pass("PT5M");
    assertThat(trace().incidents()).hasSize(1);

    // when
    pass("PT15M");

    // then
    assertThat(trace().terminated()).contains("SubProcess_Look");
    assertThat(trace().waiting()).contains("Gateway_WaitForLook");

    // when
    body().answerAlso(jobType, Map.of());
    pass("PT5M");

    // then
    assertThat(trace().completed()).contains("BoundaryEvent_LookHung", "EndEvent_Looked");
  }

  @Test
  void endsAtOnceWithItsAgentWhenAskedToLook() {
    // given
    askToSpend();
    news(Map.of("agentLives", false));

    // when
    publishOnce("look-now", "main");

    // then
    assertThat(trace().completed()).contains("EndEvent_MonitorEnded", "survival-monitor");
    assertThat(trace().terminated()).contains("UserTask_SpendMoreToday");
    assertThat(trace().livingRoots("survival-monitor")).isEmpty();
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void visitsEveryFlowNodeAndFlow() {
    for (String process : new String[] {"survival-monitor", "survival-check", "sos"}) {
      Coverage coverage = coverageOf(process);
      assertThat(coverage.missedNodes()).as(process).isEmpty();
      assertThat(coverage.missedFlows()).as(process).isEmpty();
    }
    Coverage question = coverageOf("spend-more");
    assertThat(question.missedNodes()).isEmpty();
    assertThat(question.missedFlows()).containsExactly(ANSWERED_IN_TASKLIST);
  }

  private void startAgent() {
    startAgent(Map.of("agentId", "main"));
  }

  /** Holds the agent's beats: they check survival too, and only the monitor is looked at here. */
  private void startAgent(Map<String, Object> variables) {
    body().hold("agent-prepare").hold("routine-look");
    engine().publish("start-agent", "main", Duration.ZERO, variables);
    settle();
  }

  private void news(Map<String, Object> found) {
    Map<String, Object> all = new HashMap<>(UsualAnswers.BY_TYPE.get("survival-note"));
    all.putAll(found);
    body().answer("survival-note", all);
  }

  private void askToSpend() {
    news(Map.of("askToSpend", true));
    startAgent();
    pass("PT5M");
    assertThat(trace().waiting()).contains("UserTask_SpendMoreToday");
    news(Map.of());
  }

  private void decide(boolean approved) {
    Map<String, Object> answer = new HashMap<>();
    answer.put("approved", approved);
    answer.put("answeredBy", "owner");
    answer.put("via", "command");
    answer.put("comment", "");
    publish("decision-made", "decision-2", answer);
  }

  private int looks() {
    return Collections.frequency(trace().activated(), "SubProcess_Look");
  }
}
