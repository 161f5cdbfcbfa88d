package dev.kodo.process.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kodo.process.ErrorCode;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeartbeatScenarioTest extends Scenario {
  private static final Map<String, Object> BY_TIMER = Map.of("agentId", "main", "trigger", "timer");

  @Test
  void closesWhenLogAndArtifactAreThere() {
    // when
    start("heartbeat", BY_TIMER);

    // then
    assertThat(trace().completed())
        .containsSubsequence(
            "StartEvent_BeatDue",
            "CallActivity_CheckSurvival",
            "Task_OpenHeartbeat",
            "Gateway_BeatMayStart",
            "Task_PermitActivities",
            "Task_ChooseActivity",
            "CallActivity_ChooseActivity",
            "CallActivity_LiveActivity",
            "Task_WriteActivityLog",
            "Task_CheckCompletion",
            "Task_CloseHeartbeat",
            "EndEvent_HeartbeatClosed");
    assertThat(body().lastInput("heartbeat-log"))
        .containsEntry("activityEnd", "done")
        .containsEntry("artifactPath", "artifacts/think.md")
        .containsEntry("tier", "normal")
        .containsEntry("errorCode", null);
    assertThat(body().calls("heartbeat-close"))
        .singleElement()
        .satisfies(call -> assertThat(call.headers()).containsEntry("result", "closed"));
  }

  @Test
  void beatsForMainWhenStartedByRestWithoutVariables() {
    // when
    start("heartbeat", Map.of());

    // then
    assertThat(body().lastInput("heartbeat-open"))
        .containsEntry("agentId", "main")
        .containsEntry("trigger", "rest");
  }

  @Test
  void keepsTheAgentAndTheTriggerThatItIsGiven() {
    // when
    start("heartbeat", Map.of("agentId", "second", "trigger", "beat-now"));

    // then
    assertThat(body().lastInput("heartbeat-choose"))
        .containsEntry("agentId", "second")
        .containsEntry("trigger", "beat-now");
  }

  @Test
  void opensNothingWhileTheRoomIsNeededByOthers() {
    // given
    body()
        .answer(
            "survival-measure",
            Map.of("spending", Map.of("share", 0.1, "left", 4.5), "beatNeed", 1))
        .answerAlso("heartbeat-open", Map.of("outcome", "no-room"));

    // when
    start("heartbeat", BY_TIMER);

    // then
    assertThat(body().lastInput("heartbeat-open")).containsEntry("beatsAtOnce", 4);
    assertThat(trace().completed())
        .containsSubsequence("Task_DecideBeatsAtOnce", "Task_OpenHeartbeat", "EndEvent_NoNewWork");
    assertThat(body().calls("heartbeat-choose")).isEmpty();
  }

  @Test
  void letsOneBeatBeOpenWhileNobodyKnowsWhatIsLeft() {
    // given
    body().fail("survival-measure", "SPENDING_UNKNOWN");

    // when
    start("heartbeat", BY_TIMER);

    // then
    assertThat(body().lastInput("heartbeat-open")).containsEntry("beatsAtOnce", 1);
  }

  @Test
  void doesNothingWhileAnotherBeatRuns() {
    // given
    body().answerAlso("heartbeat-open", Map.of("previousBeat", "running"));

    // when
    start("heartbeat", BY_TIMER);

    // then
    assertThat(trace().completed()).contains("EndEvent_AlreadyBeating", "heartbeat");
    assertThat(body().calls("heartbeat-choose")).isEmpty();
  }

  @Test
  void recoversACrashedBeatAndTakesOnlySafeSteps() {
    // given
    body().answerAlso("heartbeat-open", crashed());

    // when
    start("heartbeat", BY_TIMER);

    // then
    assertThat(body().lastInput("heartbeat-recover")).containsEntry("crashedHeartbeatId", "h-0");
    assertThat(body().lastInput("heartbeat-choose"))
        .extractingByKey("permittedActivities")
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .containsExactlyInAnyOrder("think", "observe", "introspect");
    assertThat(trace().completed())
        .containsSubsequence("Task_RecoverHeartbeat", "EndEvent_HeartbeatClosed");
  }

  @Test
  void logsARecoveryThatFails() {
    // given
    body()
        .answerAlso("heartbeat-open", crashed())
        .fail("heartbeat-recover", "WORKSPACE_UNWRITABLE");

    // when
    start("heartbeat", BY_TIMER);

    // then
    assertThat(trace().completed())
        .containsSubsequence("BoundaryEvent_RecoveryFailed", "Task_WriteActivityLog");
    assertThat(body().calls("heartbeat-choose")).isEmpty();
    assertLogged("failed", "WORKSPACE_UNWRITABLE");
  }

  @Test
  void logsAChoiceThatFails() {
    // given
    body().fail("heartbeat-choose", "MODEL_ANSWER_INVALID");

    // when
    start("heartbeat", BY_TIMER);

    // then
    assertThat(trace().completed())
        .containsSubsequence("BoundaryEvent_ChoiceFailed", "Task_WriteActivityLog")
        .doesNotContain("CallActivity_LiveActivity");
    assertLogged("failed", "MODEL_ANSWER_INVALID");
  }

  @ParameterizedTest
  @EnumSource
  void logsAnActivityThatFails(ErrorCode code) {
    // given
    body().fail("activity-think", code.name());

    // when
    start("heartbeat", BY_TIMER);

    // then
    assertThat(trace().completed())
        .containsSubsequence("BoundaryEvent_ActivityFailed", "Task_WriteActivityLog");
    assertLogged("failed", code.name());
  }

  @Test
  void logsAnActivityThatFailsTwoCallsDeep() {
    // given
    body()
        .answerAlso("heartbeat-choose", Map.of("activity", "theme-start"))
        .fail("theme-choose-own", "MODEL_UNAVAILABLE")
        .answer("theme-pick", Map.of("themeFound", false));

    // when
    start("heartbeat", BY_TIMER);

    // then
    assertThat(trace().terminated()).contains("CallActivity_ThemeStart", "theme-start");
    assertLogged("failed", "MODEL_UNAVAILABLE");
  }

  @Test
  void stopsAnActivityWhenItsTimeIsUp() {
    // given
    body().hold("activity-think");
    start("heartbeat", BY_TIMER);

    // when
    pass("PT10M");

    // then
    assertThat(trace().terminated()).contains("Task_Think", "CallActivity_LiveActivity");
    assertThat(trace().completed())
        .containsSubsequence("BoundaryEvent_TimeIsUp", "Task_WriteActivityLog");
    assertThat(body().lastInput("heartbeat-log"))
        .containsEntry("activityEnd", "time-is-up")
        .containsEntry("errorCode", null);
  }

  @Test
  void givesAnActivityTheLongerTimeThatItDeclared() {
    // given
    body().answerAlso("heartbeat-choose", Map.of("timeLimit", "PT40M")).hold("activity-think");
    start("heartbeat", BY_TIMER);

    // when
    pass("PT39M");

    // then
    assertThat(trace().waiting()).contains("Task_Think");

    // when
    pass("PT1M");

    // then
    assertThat(trace().completed()).contains("BoundaryEvent_TimeIsUp", "EndEvent_HeartbeatClosed");
  }

  @Test
  void isIncompleteWhenTheLogCannotBeWritten() {
    // given
    body()
        .fail("heartbeat-log", "WORKSPACE_UNWRITABLE")
        .answerAlso("heartbeat-close", Map.of("outcome", "incomplete"));

    // when
    start("heartbeat", BY_TIMER);

    // then
    assertThat(trace().completed())
        .containsSubsequence("BoundaryEvent_LogFailed", "EndEvent_HeartbeatIncomplete")
        .doesNotContain("Task_CheckCompletion");
    assertThat(body().lastInput("heartbeat-close"))
        .containsEntry("errorCode", "WORKSPACE_UNWRITABLE");
  }

  @Test
  void isIncompleteWhenItClaimsWorkThatIsNotThere() {
    // given
    body()
        .answer("heartbeat-verify", Map.of("contractMet", false, "missing", "artifacts/think.md"))
        .answerAlso("heartbeat-close", Map.of("outcome", "incomplete"));

    // when
    start("heartbeat", BY_TIMER);

    // then
    assertThat(trace().completed()).contains("EndEvent_HeartbeatIncomplete");
    assertThat(body().calls("heartbeat-close"))
        .singleElement()
        .satisfies(
            call -> {
              assertThat(call.headers()).containsEntry("result", "incomplete");
              assertThat(call.variables()).containsEntry("missing", "artifacts/think.md");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"heartbeat-open", "heartbeat-choose", "heartbeat-log", "heartbeat-verify"})
  void endsWhenAStepHangs(String jobType) {
    // given
    body().jam(jobType);
    start("heartbeat", BY_TIMER);
    assertThat(trace().incidents()).hasSize(1);

    // when
    pass("PT2H59M");

    // then
    assertThat(trace().livingRoots()).hasSize(1);

    // when
    pass("PT1M");

    // then
    assertThat(trace().completed())
        .containsSubsequence("Task_RecordOverdue", "EndEvent_HeartbeatOverdue", "heartbeat");
    assertThat(body().calls("heartbeat-close"))
        .singleElement()
        .satisfies(
            call -> {
              assertThat(call.headers()).containsEntry("result", "overdue");
              assertThat(call.variables())
                  .containsEntry("agentId", "main")
                  .containsEntry(
                      "heartbeatId", jobType.equals("heartbeat-open") ? null : "20260101120000");
            });
  }

  @Test
  void lastsAsLongAsItWasAllowed() {
    // given
    body().jam("heartbeat-open");
    start("heartbeat", Map.of("beatLimit", "PT5H"));

    // when
    pass("PT4H59M");

    // then
    assertThat(trace().livingRoots()).hasSize(1);

    // when
    pass("PT1M");

    // then
    assertThat(trace().completed()).contains("EndEvent_HeartbeatOverdue");
  }

  @Test
  void endsWhenClosingHangs() {
    // given
    body().jam("heartbeat-close");
    start("heartbeat", BY_TIMER);

    // when
    body().answerAlso("heartbeat-close", Map.of("outcome", "incomplete"));
    pass("PT3H");

    // then
    assertThat(trace().terminated()).contains("Task_CloseHeartbeat");
    assertThat(trace().completed()).contains("EndEvent_HeartbeatOverdue");
  }

  @Test
  void showsAnActivityOnlyWhatItNeeds() {
    // when
    start("heartbeat", BY_TIMER);

    // then
    assertThat(body().lastInput("activity-think"))
        .containsOnlyKeys(
            "agentId",
            "heartbeatId",
            "themeId",
            "hasTheme",
            "beatsInTheme",
            "mode",
            "activity",
            "newTier",
            "newModelClass",
            "newTierNumber",
            "permittedNow",
            "modelClass",
            "tierNumber",
            "deadline");
  }

  @Test
  void offersAnEmptyListWhenNothingIsPermitted() {
    // given
    body().answer("survival-record", UsualAnswers.tier("dead", "minimal", 1));

    // when
    start("heartbeat", BY_TIMER);

    // then
    assertThat(body().lastInput("heartbeat-choose"))
        .containsEntry("permittedActivities", List.of());
  }

  @Test
  void opensNothingWhenItIsDead() {
    // given
    body()
        .answer("survival-record", UsualAnswers.tier("dead", "minimal", 3))
        .answerAlso("heartbeat-open", Map.of("outcome", "dead"));

    // when
    start("heartbeat", BY_TIMER);

    // then
    assertThat(body().lastInput("heartbeat-open")).containsEntry("tier", "dead");
    assertThat(trace().completed()).contains("EndEvent_NoNewWork", "heartbeat");
    assertThat(body().calls("heartbeat-choose")).isEmpty();
    assertThat(body().calls("heartbeat-close")).isEmpty();
  }

  @Test
  void startsOnTheTierThatIsMeasuredNow() {
    // given
    body().answer("survival-record", UsualAnswers.tier("critical", "minimal", 2));

    // when
    start("heartbeat", BY_TIMER);

    // then
    assertThat(body().lastInput("heartbeat-choose"))
        .containsEntry("modelClass", "minimal")
        .extractingByKey("permittedActivities")
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .containsExactlyInAnyOrder("introspect", "theme-end");
    assertThat(body().lastInput("heartbeat-log")).containsEntry("tier", "critical");
  }

  @Test
  void goesOnCheaplyWhenTheTierChangesDuringTheChoice() {
    // given
    body().hold("heartbeat-choose");
    start("heartbeat", BY_TIMER);

    // when
    tellTier("low-compute", "cheap", 1);
    body().release("heartbeat-choose");
    settle();

    // then
    assertThat(trace().completed()).contains("EndEvent_TierTaken", "EndEvent_HeartbeatClosed");
    assertThat(body().lastInput("activity-think")).containsEntry("modelClass", "cheap");
  }

  @Test
  void letsTheStepUnderWayFinishInLowCompute() {
    // given
    body().hold("activity-think");
    start("heartbeat", BY_TIMER);

    // when
    tellTier("low-compute", "cheap", 1);

    // then
    assertThat(trace().waiting()).contains("Task_Think");
    assertThat(trace().completed()).contains("EndEvent_GoesOn");

    // when
    body().release("activity-think");
    settle();

    // then
    assertThat(body().lastInput("heartbeat-log"))
        .containsEntry("activityEnd", "done")
        .containsEntry("tier", "low-compute");
  }

  @ParameterizedTest
  @ValueSource(strings = {"critical", "dead"})
  void givesUpWhatTheNewTierDoesNotPermit(String tier) {
    // given
    body().hold("activity-think").answerAlso("heartbeat-close", Map.of("outcome", "cut-short"));
    start("heartbeat", BY_TIMER);

    // when
    tellTier(tier, "minimal", 1);

    // then
    assertThat(trace().terminated()).contains("Task_Think", "CallActivity_LiveActivity");
    assertThat(trace().completed())
        .containsSubsequence(
            "BoundaryEvent_WorkNotPermitted",
            "Task_WriteActivityLog",
            "EndEvent_HeartbeatCutShort");
    assertThat(body().lastInput("heartbeat-log"))
        .containsEntry("activityEnd", "cut-short")
        .containsEntry("tier", tier)
        .containsEntry("errorCode", null);
    assertThat(trace().incidents()).isEmpty();
  }

  @Test
  void keepsWhatIsEssentialGoingWhenCritical() {
    // given
    body()
        .answerAlso("heartbeat-choose", Map.of("activity", "introspect"))
        .hold("introspection-gather");
    start("heartbeat", BY_TIMER);

    // when
    tellTier("critical", "minimal", 1);
    body().release("introspection-gather");
    settle();

    // then
    assertThat(body().lastInput("introspection-evaluate")).containsEntry("modelClass", "minimal");
    assertThat(trace().completed()).contains("EndEvent_GoesOn", "EndEvent_HeartbeatClosed");
  }

  @Test
  void lowersTheModelsOfAThemeThatIsBeingStarted() {
    // given
    body()
        .answerAlso("heartbeat-open", Map.of("hasTheme", false, "beatsInTheme", 0))
        .answerAlso("heartbeat-choose", Map.of("activity", "theme-start"))
        .hold("theme-record-start");
    start("heartbeat", BY_TIMER);

    // when
    tellTier("low-compute", "cheap", 1);
    body().release("theme-record-start");
    settle();

    // then
    assertThat(body().lastInput("theme-expert-context")).containsEntry("modelClass", "cheap");
  }

  @Test
  void givesUpAnActivityThatWasChosenJustBeforeTheTierChanged() {
    // given
    body()
        .hold("heartbeat-choose")
        .hold("activity-think")
        .answerAlso("heartbeat-close", Map.of("outcome", "cut-short"));
    start("heartbeat", BY_TIMER);
    tellTier("critical", "minimal", 1);

    // when
    body().release("heartbeat-choose");
    settle();

    // then
    assertThat(trace().completed()).contains("EndEvent_HeartbeatCutShort");
  }

  @Test
  void passesOverAChangeThatIsOlderThanTheBeat() {
    // given
    body().answer("survival-record", UsualAnswers.tier("normal", "best", 7)).hold("activity-think");
    start("heartbeat", BY_TIMER);

    // when
    tellTier("critical", "minimal", 6);
    body().release("activity-think");
    settle();

    // then
    assertThat(body().lastInput("heartbeat-log"))
        .containsEntry("activityEnd", "done")
        .containsEntry("tier", "normal");
  }

  @Test
  void countsWhatARunLeavesOutAsNotCovered() {
    // given
    RecordTail onlyThisRun = RecordTail.fromHere(engine());

    // when
    start("heartbeat", BY_TIMER);

    // then
    Coverage narrow = Coverage.of("heartbeat", onlyThisRun.peek());
    assertThat(narrow.missedNodes())
        .contains("BoundaryEvent_TimeIsUp", "EndEvent_AlreadyBeating")
        .doesNotContain("Task_OpenHeartbeat");
    assertThat(narrow.missedFlows()).contains("Flow_PreviousBeatCrashed");
    assertThat(narrow.toString()).contains("missed [BoundaryEvent_ActivityFailed");
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void visitsEveryFlowNodeAndFlow() {
    for (String process : new String[] {"heartbeat", "heartbeat-closing"}) {
      Coverage coverage = coverageOf(process);
      assertThat(coverage.missedNodes()).as(process).isEmpty();
      assertThat(coverage.missedFlows()).as(process).isEmpty();
    }
  }

  private void tellTier(String tier, String modelClass, int number) {
    publish(
        "tier-changed",
        "main",
        Map.of("newTier", tier, "newModelClass", modelClass, "newTierNumber", number));
  }

  private static Map<String, Object> crashed() {
    return Map.of("previousBeat", "crashed", "mode", "recovery", "crashedHeartbeatId", "h-0");
  }

  private void assertLogged(String activityEnd, String errorCode) {
    assertThat(body().lastInput("heartbeat-log"))
        .containsEntry("activityEnd", activityEnd)
        .containsEntry("errorCode", errorCode)
        .containsKey("errorMessage");
    assertThat(trace().completed()).contains("EndEvent_HeartbeatClosed");
    assertThat(trace().incidents()).isEmpty();
  }
}
