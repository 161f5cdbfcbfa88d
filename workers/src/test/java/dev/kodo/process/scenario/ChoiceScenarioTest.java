package dev.kodo.process.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code activity-choice}, called by the heartbeat. */
class ChoiceScenarioTest extends Scenario {
  @Test
  void doesWhatTheModelChose() {
    // when
    start("heartbeat", Map.of());

    // then
    assertThat(trace().completed())
        .containsSubsequence(
            "StartEvent_ChoiceDue",
            "Gateway_PersonWaiting",
            "Task_PermitActivities",
            "Task_ChooseActivity",
            "EndEvent_ActivityChosen",
            "Task_Think")
        .doesNotContain("Task_ChooseByTable", "Task_ChoosePause");
  }

  @Test
  void letsTheTableChooseWhenTheModelsChoiceCannotBeRead() {
    // given
    body()
        .answerAlso("heartbeat-open", Map.of("beatsSince", Map.of("think", 2, "observe", 1)))
        .fail("heartbeat-choose", "CHOICE_UNREADABLE")
        .answerAlso("heartbeat-record-choice", Map.of("activity", "create"));

    // when
    start("heartbeat", Map.of());

    // then
    assertThat(trace().completed())
        .containsSubsequence(
            "BoundaryEvent_ChoiceUnreadable",
            "Task_ChooseByTable",
            "Task_RecordTableChoice",
            "EndEvent_ActivityChosen",
            "Task_Create",
            "EndEvent_HeartbeatClosed");
    assertThat(body().lastInput("heartbeat-record-choice"))
        .containsEntry("tableChoice", "create")
        .containsEntry("whyUnreadable", "heartbeat-choose could not do its work");
    assertThat(body().lastInput("heartbeat-log"))
        .containsEntry("activityEnd", "done")
        .containsEntry("errorCode", null);
  }

  @Test
  void failsWithTheTrueReasonWhereTheTableMayNotChoose() {
    // given
    body()
        .answerAlso("heartbeat-open", Map.of("hasTheme", false, "beatsInTheme", 0))
        .fail("heartbeat-choose", "CHOICE_UNREADABLE")
        .fail("heartbeat-record-choice", "CHOICE_UNREADABLE");

    // when
    start("heartbeat", Map.of());

    // then
    assertThat(body().lastInput("heartbeat-record-choice"))
        .containsEntry("permittedActivities", List.of("theme-start"))
        .containsEntry("tableChoice", null);
    assertThat(trace().completed())
        .containsSubsequence("BoundaryEvent_ChoiceFailed", "EndEvent_HeartbeatClosed")
        .doesNotContain("CallActivity_LiveActivity");
    assertThat(body().lastInput("heartbeat-log"))
        .containsEntry("activityEnd", "failed")
        .containsEntry("errorCode", "CHOICE_UNREADABLE")
        .containsEntry("errorMessage", "heartbeat-record-choice could not do its work");
  }

  @ParameterizedTest
  @ValueSource(strings = {"MODEL_UNAVAILABLE", "BUDGET_EXCEEDED", "NOTHING_PERMITTED"})
  void asksNoTableWhenThereWasNoChoiceToRead(String code) {
    // given
    body().fail("heartbeat-choose", code);

    // when
    start("heartbeat", Map.of());

    // then
    assertThat(trace().completed())
        .contains("BoundaryEvent_ChoiceFailed")
        .doesNotContain("Task_ChooseByTable");
    assertThat(body().lastInput("heartbeat-log")).containsEntry("errorCode", code);
  }

  @Test
  void pausesAnOwnThemeWhenAPersonsThemeWaits() {
    // given
    body()
        .answerAlso("heartbeat-open", Map.of("personWaits", true))
        .answerAlso("heartbeat-choose", Map.of("activity", "theme-pause"));

    // when
    start("heartbeat", Map.of());

    // then
    assertThat(trace().completed())
        .containsSubsequence("Task_ChoosePause", "Task_RecordThemePause", "Task_WriteActivityLog")
        .doesNotContain("Task_ChooseActivity");
    assertThat(body().lastInput("heartbeat-choose"))
        .containsEntry("permittedActivities", List.of("theme-pause"));
    assertThat(body().lastInput("theme-record-pause")).containsEntry("themeId", "theme-1");
  }

  @Test
  void goesOnWithAnOwnThemeWhileNoThemeCanStart() {
    // given
    body()
        .answer("survival-record", UsualAnswers.tier("critical", "minimal", 2))
        .answerAlso("heartbeat-open", Map.of("personWaits", true));

    // when
    start("heartbeat", Map.of());

    // then
    assertThat(trace().completed())
        .contains("Task_ChooseActivity")
        .doesNotContain("Task_ChoosePause");
  }

  /** A person's own table may ask for any of these. */
  @Test
  void showsTheTablesTheStateOfTheAgent() {
    // when
    start("heartbeat", Map.of());

    // then
    assertThat(body().lastInput("heartbeat-choose"))
        .containsOnlyKeys(
            "agentId",
            "heartbeatId",
            "trigger",
            "mode",
            "hasTheme",
            "themeId",
            "beatsInTheme",
            "beatsSince",
            "personWaits",
            "tier",
            "tierNumber",
            "modelClass",
            "deadline",
            "permittedActivities")
        .containsEntry("themeId", "theme-1");
  }

  @Test
  void givesTheChoiceTheUsualLimitOfAnActivity() {
    // given
    Instant before = engine().now();
    body().answerAlso("heartbeat-choose", Map.of("timeLimit", "PT40M"));

    // when
    start("heartbeat", Map.of());

    // then
    String deadline = (String) body().lastInput("heartbeat-choose").get("deadline");
    assertThat(ZonedDateTime.parse(deadline).toInstant())
        .isBetween(before.plus(Duration.ofMinutes(9)), engine().now().plus(Duration.ofMinutes(11)));
  }

  @Test
  void asksAModelThatTheNewTierAffords() {
    // given
    body().hold("heartbeat-choose");
    start("heartbeat", Map.of());

    // when
    publish(
        "tier-changed",
        "main",
        Map.of("newTier", "low-compute", "newModelClass", "cheap", "newTierNumber", 1));
    body().release("heartbeat-choose");
    settle();

    // then
    assertThat(body().lastInput("heartbeat-choose")).containsEntry("modelClass", "cheap");
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void visitsEveryFlowNodeAndFlow() {
    Coverage coverage = coverageOf("activity-choice");
    assertThat(coverage.missedNodes()).isEmpty();
    assertThat(coverage.missedFlows()).isEmpty();
  }
}
