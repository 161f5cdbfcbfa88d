package dev.kodo.process.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code activity} and what it calls: theme-start, theme-end, introspection. */
class ActivityScenarioTest extends Scenario {
  @ParameterizedTest
  @CsvSource({
    "theme-start, CallActivity_ThemeStart",
    "think, Task_Think",
    "observe, Task_Observe",
    "create, Task_Create",
    "introspect, CallActivity_Introspection",
    "theme-end, CallActivity_ThemeEnd",
    "theme-pause, CallActivity_ThemePause",
    "other, Task_DoOther",
    "an-activity-nobody-drew, Task_DoOther"
  })
  void doesExactlyTheChosenActivity(String activity, String element) {
    // when
    live(activity);

    // then
    assertThat(trace().completed()).containsSubsequence(element, "EndEvent_ActivityDone");
    assertThat(
            trace().activated().stream()
                .filter(id -> id.matches("(Task|CallActivity)_.*"))
                .dropWhile(id -> !id.equals("Task_PermitAtTheStart")))
        .startsWith("Task_PermitAtTheStart", element);
    assertThat(trace().livingRoots()).isEmpty();
  }

  @Test
  void givesUpWhatTheChoiceLeftNoMoneyFor() {
    // given
    body().answer("survival-record", UsualAnswers.tier("critical", "minimal", 1));

    // when
    live("think");

    // then
    assertThat(trace().completed())
        .contains("EndEvent_NotPermittedAtTheStart")
        .doesNotContain("Task_Think");
  }

  @Test
  void doesTheEssentialWithAModelThatTheNewTierAffords() {
    // given
    body().answer("survival-record", UsualAnswers.tier("critical", "minimal", 1));

    // when
    live("introspect");

    // then
    assertThat(trace().completed()).contains("CallActivity_Introspection", "EndEvent_ActivityDone");
    assertThat(body().lastInput("introspection-evaluate")).containsEntry("modelClass", "minimal");
  }

  @Test
  void startsAThemeFromTheBox() {
    // when
    live("theme-start");

    // then
    assertThat(trace().completed())
        .containsSubsequence(
            "StartEvent_ThemeStartDue",
            "Task_PickTheme",
            "Gateway_ThemeWaiting",
            "Task_RecordThemeStart",
            "Task_SetExpertContext",
            "EndEvent_ThemeStarted")
        .doesNotContain("Task_ChooseOwnTheme");
    assertThat(body().lastInput("theme-record-start")).containsEntry("themeFile", "tea.md");
    assertThat(body().lastInput("theme-expert-context")).containsEntry("themeId", "theme-2");
  }

  @Test
  void startsAThemeOfItsOwnWhenTheBoxIsEmpty() {
    // given
    Map<String, Object> empty = new HashMap<>();
    empty.put("themeFound", false);
    empty.put("themeFile", null);
    body().answer("theme-pick", empty);

    // when
    live("theme-start");

    // then
    assertThat(trace().completed())
        .containsSubsequence("Task_ChooseOwnTheme", "EndEvent_ThemeStarted");
    assertThat(body().lastInput("theme-record-start")).containsEntry("themeFile", "own.md");
  }

  @Test
  void takesAPausedThemeUpAgainWhenNoPersonsThemeWaits() {
    // given
    body()
        .answerAlso("heartbeat-choose", Map.of("activity", "theme-start"))
        .answer("theme-pick", Map.of("themeFound", false, "pausedThemeId", "theme-3"));

    // when
    start("heartbeat", Map.of());

    // then
    assertThat(trace().completed())
        .containsSubsequence("Task_ResumeTheme", "EndEvent_ThemeResumed")
        .doesNotContain("Task_ChooseOwnTheme", "Task_SetExpertContext");
    assertThat(body().lastInput("theme-resume")).containsEntry("pausedThemeId", "theme-3");
    assertThat(body().lastInput("heartbeat-log"))
        .containsEntry("themeId", "theme-3")
        .containsEntry("artifactPath", null)
        .containsEntry("activityEnd", "done");
  }

  @Test
  void pausesAThemeWhateverTheNewTierPermits() {
    // given
    body().answer("survival-record", UsualAnswers.tier("critical", "minimal", 1));

    // when
    live("theme-pause");

    // then
    assertThat(trace().completed())
        .containsSubsequence(
            "Task_RecordThemePause", "EndEvent_ThemePaused", "EndEvent_ActivityDone");
    assertThat(body().lastInput("theme-record-pause")).containsEntry("themeId", "theme-1");
  }

  @ParameterizedTest
  @CsvSource({
    "think, activity-think",
    "theme-start, theme-expert-context",
    "introspect, introspection-evaluate",
    "theme-end, theme-summarize"
  })
  void handsTheDeadlineDownToWhatAsksAModel(String activity, String asking) {
    // given
    body().answerAlso("heartbeat-choose", Map.of("activity", activity, "timeLimit", "PT40M"));
    Instant before = engine().now();

    // when
    start("heartbeat", Map.of());

    // then
    assertThat(ZonedDateTime.parse((String) body().lastInput(asking).get("deadline")).toInstant())
        .isBetween(
            before.plus(Duration.ofMinutes(39)), engine().now().plus(Duration.ofMinutes(41)));
  }

  @Test
  void worksForABeatOnAnOlderDiagramThatKnowsNoDeadline() {
    // when
    live("introspect");

    // then
    assertThat(body().lastInput("introspection-evaluate")).containsEntry("deadline", null);
    assertThat(trace().incidents()).isEmpty();
  }

  @Test
  void startsAThemeWithAPlainContextWhenNoExpertContextIsThere() {
    // given
    body()
        .answerAlso("heartbeat-choose", Map.of("activity", "theme-start"))
        .fail("theme-expert-context", "MODEL_UNAVAILABLE");

    // when
    start("heartbeat", Map.of());

    // then
    assertThat(trace().completed())
        .containsSubsequence(
            "BoundaryEvent_ContextMissing", "Task_SetPlainContext", "EndEvent_ThemeStarted");
    assertThat(body().lastInput("theme-plain-context"))
        .containsEntry("agentId", "main")
        .containsEntry("heartbeatId", "20260101120000")
        .containsEntry("themeId", "theme-2")
        .containsEntry("errorCode", "MODEL_UNAVAILABLE");
    assertThat(body().lastInput("heartbeat-verify"))
        .containsEntry("themeId", "theme-2")
        .containsEntry("artifactPath", "artifacts/plain-context.md");
    assertThat(body().lastInput("heartbeat-close")).containsEntry("errorCode", null);
  }

  @Test
  void failsAThemeStartThatCanWriteNoContextAtAll() {
    // given
    body()
        .answerAlso("heartbeat-choose", Map.of("activity", "theme-start"))
        .fail("theme-expert-context", "WORKSPACE_UNWRITABLE")
        .fail("theme-plain-context", "WORKSPACE_UNWRITABLE");

    // when
    start("heartbeat", Map.of());

    // then
    assertThat(trace().completed()).contains("BoundaryEvent_ActivityFailed");
    assertThat(body().lastInput("heartbeat-log"))
        .containsEntry("errorCode", "WORKSPACE_UNWRITABLE");
  }

  @Test
  void endsATheme() {
    // when
    live("theme-end");

    // then
    assertThat(trace().completed())
        .containsSubsequence("Task_SummarizeTheme", "Task_RecordThemeEnd", "EndEvent_ThemeEnded")
        .doesNotContain("Task_RecordThemeStart");
  }

  @Test
  void looksAtItself() {
    // when
    live("introspect");

    // then
    assertThat(trace().completed())
        .containsSubsequence(
            "Task_GatherEvidence",
            "Task_EvaluateSelf",
            "Task_WriteEvaluation",
            "EndEvent_IntrospectionDone");
  }

  @ParameterizedTest
  @ValueSource(strings = {"theme-start", "think", "observe", "create", "introspect", "theme-end"})
  void handsTheArtifactAndTheThemeToTheHeartbeat(String activity) {
    // given
    body().answerAlso("heartbeat-choose", Map.of("activity", activity));

    // when
    start("heartbeat", Map.of());

    // then
    assertThat(body().lastInput("heartbeat-verify"))
        .containsEntry("themeId", activity.equals("theme-start") ? "theme-2" : "theme-1")
        .extractingByKey("artifactPath")
        .asString()
        .startsWith("artifacts/");
  }

  @ParameterizedTest
  @CsvSource({
    "theme-start, theme-record-start, low-compute, EndEvent_TierTaken",
    "introspect, introspection-gather, critical, EndEvent_GoesOn",
    "think, activity-think, critical, EndEvent_NotPermitted"
  })
  void feelsAChangeOfTheTier(String activity, String held, String tier, String end) {
    // given
    body().hold(held);
    live(activity);

    // when
    publish(
        "tier-changed",
        "main",
        Map.of("newTier", tier, "newModelClass", "cheap", "newTierNumber", 1));
    body().release(held);
    settle();

    // then
    assertThat(trace().completed()).contains(end);
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void visitsEveryFlowNodeAndFlow() {
    for (String process :
        new String[] {"activity", "theme-start", "theme-pause", "theme-end", "introspection"}) {
      Coverage coverage = coverageOf(process);
      assertThat(coverage.missedNodes()).as(process).isEmpty();
      assertThat(coverage.missedFlows()).as(process).isEmpty();
    }
  }

  private void live(String activity) {
    start(
        "activity",
        Map.of(
            "agentId", "main",
            "heartbeatId", "20260101120000",
            "themeId", "theme-1",
            "hasTheme", true,
            "beatsInTheme", 5,
            "mode", "normal",
            "activity", activity,
            "modelClass", "best",
            "tierNumber", 0));
  }
}
