package dev.kodo.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kodo.audit.AuditTrail;
import dev.kodo.process.FakeProcessEngine;
import dev.kodo.process.MessageName;
import dev.kodo.testing.SettableClock;
import dev.kodo.testing.TestDatabase;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DecisionsTest {
  private final FakeProcessEngine engine = new FakeProcessEngine();
  private final SettableClock clock = new SettableClock("2026-01-31T09:30:00Z");
  private final TestDatabase database = TestDatabase.fresh();
  private final Decisions decisions =
      new Decisions(database.jdbc(), engine, clock, AuditTrail.NONE);

  private Decision ask() {
    return decisions.ask("main", "review", "Go on?", "- an error", Duration.ofDays(7));
  }

  private Decision askAndWait() {
    Decision decision = ask();
    engine.waitFor(MessageName.DECISION_MADE, decision.decisionId());
    return decision;
  }

  private DecisionAnswer answer(Decision decision, boolean approved) {
    return decisions.answer(decision.decisionId(), approved, decision.hash(), "owner", null);
  }

  @Test
  void closesTheQuestionsOfAnAgentThatEnded() {
    Decision decision = askAndWait();

    assertThat(decisions.closeAll("main", "stopped")).containsExactly("review");
    assertThat(decisions.closeAll("main", "stopped")).isEmpty();
    assertThat(decisions.open()).isEmpty();
    assertThat(answer(decision, true)).isEqualTo(new DecisionAnswer.AlreadyAnswered("rejected"));
  }

  @Test
  void handsTheAnswerToTheDiagramOnce() {
    Decision decision = askAndWait();
    clock.advance(Duration.ofMinutes(1));

    assertThat(answer(decision, true)).isEqualTo(new DecisionAnswer.Accepted(true));
    assertThat(answer(decision, false))
        .as("a second, contrary answer while the first is being recorded")
        .isEqualTo(new DecisionAnswer.AlreadyAnswered("being recorded"));
    assertThat(engine.correlated())
        .singleElement()
        .satisfies(
            message -> {
              assertThat(message.key()).isEqualTo(decision.decisionId());
              assertThat(message.variables())
                  .containsEntry("approved", true)
                  .containsEntry("answeredBy", "owner")
                  .containsEntry("via", "kodo");
            });

    decisions.close(decision.decisionId(), true, "kodo", "owner", null);
    assertThat(answer(decision, false)).isEqualTo(new DecisionAnswer.AlreadyAnswered("approved"));
  }

  @Test
  void takesAQuestionThatNobodyWaitsForOffTheList() {
    Decision decision = ask();
    clock.advance(Duration.ofSeconds(11));

    assertThat(answer(decision, true)).isEqualTo(new DecisionAnswer.NobodyWaits(true));
    assertThat(decisions.open()).isEmpty();
    assertThat(answer(decision, true)).isEqualTo(new DecisionAnswer.AlreadyAnswered("stale"));
  }

  @Test
  void leavesAQuestionOpenWhoseProcessMayNotHaveGotAsFarAsToWait() {
    Decision decision = ask();
    clock.advance(Duration.ofSeconds(9));

    assertThat(answer(decision, true)).isEqualTo(new DecisionAnswer.NobodyWaits(false));
    assertThat(decisions.open()).containsExactly(decision);
  }

  @Test
  void recordsAnAnswerThatCameFromTasklistWhileNobodyWaitedAnyMore() {
    Decision decision = ask();
    clock.advance(Duration.ofSeconds(11));
    answer(decision, false);

    decisions.close(decision.decisionId(), true, "tasklist", "ann", null);

    assertThat(answer(decision, false)).isEqualTo(new DecisionAnswer.AlreadyAnswered("approved"));
  }

  @Test
  void refusesAnAnswerToSomethingElseThanWasShown() {
    Decision decision = askAndWait();

    assertThat(decisions.answer(decision.decisionId(), true, "other", "owner", null))
        .isEqualTo(new DecisionAnswer.HashDiffers(decision.hash()));
    assertThat(engine.correlated()).isEmpty();
  }

  @Test
  void knowsWhatWasAnsweredAndWhatNeverExisted() {
    Decision decision = ask();
    decisions.close(decision.decisionId(), false, "overdue", null, null);

    assertThat(decisions.answer(decision.decisionId(), true, null, "owner", null))
        .isEqualTo(new DecisionAnswer.AlreadyAnswered("overdue"));
    assertThat(decisions.answer("D-999", true, null, "owner", null))
        .isEqualTo(new DecisionAnswer.Unknown());
    assertThat(decisions.open()).isEmpty();
  }
}
