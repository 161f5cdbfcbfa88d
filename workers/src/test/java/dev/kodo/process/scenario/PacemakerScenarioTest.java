package dev.kodo.process.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacemakerScenarioTest extends Scenario {
  /** Completing a user task needs the REST API, which only the real engine has. */
  private static final String ANSWERED_IN_TASKLIST = "Flow_ReviewStoppedAgent";

  @Test
  void beatsAtOnceAndThenAtItsPace() {
    // when
    startAgent("main");

    // then
    assertThat(beats()).isEqualTo(1);
    assertThat(trace().waiting()).contains("Gateway_WaitForBeat");

    // when
    pass("PT29M");

    // then
    assertThat(beats()).isEqualTo(1);

    // when
    pass("PT1M");

    // then
    assertThat(beats()).isEqualTo(2);
    assertThat(body().lastInput("heartbeat-open"))
        .containsEntry("agentId", "main")
        .containsEntry("trigger", "timer");
  }

  @Test
  void beatsNowWhenAsked() {
    // given
    startAgent("main");

    // when
    publishOnce("beat-now", "main");

    // then
    assertThat(beats()).isEqualTo(2);
    assertThat(body().lastInput("heartbeat-open")).containsEntry("trigger", "beat-now");
  }

  @Test
  void ignoresBeatNowWhileItBeats() {
    // given
    body().hold("heartbeat-choose");
    startAgent("main");

    // when
    publishOnce("beat-now", "main");
    body().release("heartbeat-choose");
    settle();

    // then
    assertThat(beats()).isEqualTo(1);
    assertThat(trace().waiting()).contains("Gateway_WaitForBeat");
  }

  @Test
  void ignoresBeatNowForAnotherAgent() {
    // given
    startAgent("main");

    // when
    publishOnce("beat-now", "second");

    // then
    assertThat(beats()).isEqualTo(1);
  }

  @Test
  void stopsWhenAsked() {
    // given
    startAgent("main");

    // when
    publish("stop-agent", "main", Map.of());

    // then
    assertThat(trace().completed()).containsSubsequence("Task_StopAgent", "EndEvent_AgentStopped");
    assertThat(body().lastInput("agent-stop")).containsEntry("agentId", "main");
    assertThat(trace().livingRoots("pacemaker")).isEmpty();
  }

  @Test
  void finishesItsBeatBeforeItStops() {
    // given
    body().hold("activity-think");
    startAgent("main");

    // when
    publish("stop-agent", "main", Map.of());

    // then
    assertThat(trace().waiting()).contains("Task_Think");

    // when
    body().release("activity-think");
    settle();

    // then
    assertThat(trace().completed())
        .containsSubsequence("EndEvent_HeartbeatClosed", "EndEvent_AgentStopped");
  }

  @Test
  void livesOnlyOnceForEachAgent() {
    // given
    startAgent("main");

    // when
    startAgent("main");

    // then
    assertThat(trace().livingRoots("pacemaker")).hasSize(1);
    assertThat(beats()).isEqualTo(1);

    // when
    startAgent("second");

    // then
    assertThat(trace().livingRoots("pacemaker")).hasSize(2);

    // when
    publish("stop-agent", "main", Map.of());
    startAgent("main");

    // then
    assertThat(trace().livingRoots("pacemaker")).hasSize(2);
    assertThat(body().calls("agent-prepare")).hasSize(3);
  }

  @Test
  void triesAgainSoonAfterAFailure() {
    // given
    body().answer("heartbeat-close", Map.of("outcome", "failed", "sameErrorCount", 1));
    startAgent("main");

    // when
    pass("PT5M");

    // then
    assertThat(beats()).isEqualTo(2);
  }

  @Test
  void looksAgainSoonWhenAnotherBeatRuns() {
    // given
    body()
        .answer(
            "heartbeat-open",
            Map.of("previousBeat", "running", "outcome", "already-beating", "sameErrorCount", 0));
    startAgent("main");

    // when
    pass("PT1M");

    // then
    assertThat(beats()).isEqualTo(2);
    assertThat(trace().incidents()).isEmpty();
  }

  @Test
  void goesOnAfterABeatThatHung() {
    // given
    body()
        .jam("heartbeat-open")
        .answer("heartbeat-close", Map.of("outcome", "incomplete", "sameErrorCount", 1));
    startAgent("main");
    assertThat(trace().incidents()).hasSize(1);

    // when
    pass("PT3H");

    // then
    assertThat(trace().completed()).contains("EndEvent_HeartbeatOverdue");
    assertThat(trace().waiting()).contains("Gateway_WaitForBeat");
    assertThat(trace().incidents()).hasSize(1);

    // when
    body().answerAlso("heartbeat-open", Map.of()).answerAlso("heartbeat-close", Map.of());
    pass("PT5M");

    // then
    assertThat(beats()).isEqualTo(2);
    assertThat(trace().completed()).contains("EndEvent_HeartbeatClosed");
  }

  @Test
  void waitsAsLongAsTheLatestBeatSays() {
    // given
    startAgent("main");
    body().answerAlso("heartbeat-open", Map.of("baseInterval", "PT2H"));
    pass("PT30M");
    assertThat(beats()).isEqualTo(2);

    // when
    pass("PT1H59M");

    // then
    assertThat(beats()).isEqualTo(2);

    // when
    pass("PT1M");

    // then
    assertThat(beats()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void keepsItsPaceWhenABeatSaysNone(boolean saysNull) {
    // given
    body().answer("agent-prepare", Map.of("baseInterval", "PT40M", "pace", UsualAnswers.AT_ONCE));
    Map<String, Object> opened = new HashMap<>(UsualAnswers.BY_TYPE.get("heartbeat-open"));
    opened.remove("baseInterval");
    if (saysNull) {
      opened.put("baseInterval", null);
    }
    body().answer("heartbeat-open", opened);
    startAgent("main");

    // when
    pass("PT39M");

    // then
    assertThat(beats()).isEqualTo(1);

    // when
    pass("PT1M");

    // then
    assertThat(beats()).isEqualTo(2);
    assertThat(trace().incidents()).isEmpty();
  }

  @Test
  void asksForAReviewOnTheFourthSameError() {
    // given
    for (int count = 1; count <= 3; count++) {
      body().answer("heartbeat-close", Map.of("outcome", "failed", "sameErrorCount", count));
      if (count == 1) {
        startAgent("main");
      } else {
        pass("PT5M");
      }
    }
    assertThat(body().calls("decision-record")).isEmpty();

    // when
    body().answer("heartbeat-close", Map.of("outcome", "failed", "sameErrorCount", 4));
    pass("PT5M");

    // then
    assertThat(body().calls("decision-record")).hasSize(1);
    assertThat(trace().waiting()).contains("UserTask_ReviewStoppedAgent");
    publishOnce("beat-now", "main");
    assertThat(beats()).isEqualTo(4);
  }

  @Test
  void tellsTheOwnerThatAStoppedAgentWaits() {
    // when
    startAgentThatNeedsReview();

    // then
    assertThat(body().lastInput("sos-prepare")).containsEntry("noticeId", "review-decision-1");
    assertThat(body().calls("sos-deliver")).hasSize(2);
    assertThat(trace().completed()).contains("EndEvent_OwnerTold");
  }

  @Test
  void takesAnAnswerWhileAChannelStillTries() {
    // given
    body().hold("sos-deliver");
    startAgentThatNeedsReview();

    // when
    body().answerAlso("heartbeat-close", Map.of());
    decide(true);

    // then
    assertThat(trace().terminated()).contains("CallActivity_TellOwner");
    assertThat(beats()).isEqualTo(2);
  }

  @Test
  void waitsLongWhenDeadAndLivesAgain() {
    // given
    body()
        .answer("survival-record", UsualAnswers.tier("dead", "minimal", 1))
        .answerAlso("heartbeat-open", Map.of("outcome", "dead", "sameErrorCount", 0));
    startAgent("main");

    // when
    pass("PT3H59M");

    // then
    assertThat(beats()).isEqualTo(1);

    // when
    body()
        .answer("survival-record", UsualAnswers.tier("normal", "best", 2))
        .answerAlso("heartbeat-open", Map.of());
    pass("PT1M");

    // then
    assertThat(beats()).isEqualTo(2);
    assertThat(trace().completed()).contains("EndEvent_HeartbeatClosed");
  }

  @Test
  void resumesWhenTheReviewSaysYes() {
    // given
    startAgentThatNeedsReview();

    // when
    body().answerAlso("heartbeat-close", Map.of());
    decide(true);

    // then
    assertThat(body().lastInput("decision-close"))
        .containsEntry("decisionId", "decision-1")
        .containsEntry("approved", true)
        .containsEntry("answeredBy", "owner")
        .containsEntry("via", "command")
        .containsEntry("comment", "mended");
    assertThat(trace().completed()).contains("BoundaryEvent_DecisionMade");
    assertThat(beats()).isEqualTo(2);
    assertThat(trace().waiting()).contains("Gateway_WaitForBeat");
  }

  @Test
  void retiresWhenTheReviewSaysNo() {
    // given
    startAgentThatNeedsReview();

    // when
    decide(false);

    // then
    assertThat(body().lastInput("decision-close")).containsEntry("approved", false);
    assertThat(trace().completed()).contains("EndEvent_AgentRetired");
    assertThat(trace().livingRoots("pacemaker")).isEmpty();
  }

  @Test
  void retiresWhenNobodyReviewsInTime() {
    // given
    startAgentThatNeedsReview();

    // when
    pass("P7D");

    // then
    assertThat(trace().terminated()).contains("UserTask_ReviewStoppedAgent");
    assertThat(body().lastInput("decision-close"))
        .containsEntry("approved", false)
        .containsEntry("via", "overdue");
    assertThat(trace().completed())
        .containsSubsequence("BoundaryEvent_ReviewOverdue", "EndEvent_AgentRetired");
  }

  @Test
  void stopsWhenAskedDuringAReview() {
    // given
    startAgentThatNeedsReview();

    // when
    publish("stop-agent", "main", Map.of());

    // then
    assertThat(trace().terminated()).contains("UserTask_ReviewStoppedAgent");
    assertThat(body().calls("decision-close")).isEmpty();
    assertThat(body().lastInput("agent-stop")).containsEntry("agentId", "main");
    assertThat(trace().completed())
        .containsSubsequence("BoundaryEvent_StopDuringReview", "EndEvent_ReviewedAgentStopped")
        .doesNotContain("EndEvent_AgentRetired");
    assertThat(trace().livingRoots("pacemaker")).isEmpty();
  }

  @Test
  void takesOneStopOnlyOnce() {
    // given
    startAgentThatNeedsReview();
    publish("stop-agent", "main", Map.of());

    // when
    body().answerAlso("heartbeat-close", Map.of());
    startAgent("main");

    // then
    assertThat(trace().waiting()).contains("Gateway_WaitForBeat");
    assertThat(body().calls("agent-stop")).hasSize(1);
  }

  @Test
  void doesNotTakeAnEarlierYesForASecondReview() {
    // given
    startAgentThatNeedsReview();
    decide(true);
    assertThat(trace().waiting()).contains("UserTask_ReviewStoppedAgent");

    // when
    pass("P7D");

    // then
    assertThat(body().calls("decision-close")).hasSize(2);
    assertThat(body().lastInput("decision-close"))
        .containsEntry("approved", false)
        .containsEntry("answeredBy", null)
        .containsEntry("comment", null);
    assertThat(trace().completed()).contains("EndEvent_AgentRetired");
  }

  @Test
  void ignoresTheAnswerToAnotherDecision() {
    // given
    startAgentThatNeedsReview();

    // when
    publish("decision-made", "decision-2", Map.of("approved", true));

    // then
    assertThat(trace().waiting()).contains("UserTask_ReviewStoppedAgent");
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void visitsEveryFlowNodeAndFlow() {
    Coverage pacemaker = coverageOf("pacemaker");
    assertThat(pacemaker.missedNodes()).isEmpty();
    assertThat(pacemaker.missedFlows()).isEmpty();
    Coverage review = coverageOf("agent-review");
    assertThat(review.missedNodes()).isEmpty();
    assertThat(review.missedFlows()).containsExactly(ANSWERED_IN_TASKLIST);
  }

  private void startAgent(String agentId) {
    engine().publish("start-agent", agentId, Duration.ZERO, Map.of("agentId", agentId));
    settle();
  }

  private void startAgentThatNeedsReview() {
    body().answer("heartbeat-close", Map.of("outcome", "failed", "sameErrorCount", 4));
    startAgent("main");
    assertThat(trace().waiting()).contains("UserTask_ReviewStoppedAgent");
  }

  private void decide(boolean approved) {
    Map<String, Object> answer = new HashMap<>();
    answer.put("approved", approved);
    answer.put("answeredBy", "owner");
    answer.put("via", "command");
    answer.put("comment", "mended");
    publish("decision-made", "decision-1", answer);
  }

  private int beats() {
    return Collections.frequency(trace().activated(), "Task_OpenHeartbeat");
  }
}
