package dev.kodo.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kodo.process.FakeProcessEngine;
import dev.kodo.testing.SettableClock;
import dev.kodo.testing.TestDatabase;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DecisionsTest {
  private final FakeProcessEngine engine = new FakeProcessEngine();
  private final Decisions decisions =
      new Decisions(TestDatabase.fresh().jdbc(), engine, new SettableClock("2026-01-31T09:30:00Z"));

  private Decision ask() {
    return decisions.ask("main", "review", "Go on?", "- an error", Duration.ofDays(7));
  }

  @Test
  void handsTheAnswerToTheDiagramOnce() {
    Decision decision = ask();

    assertThat(decisions.answer(decision.decisionId(), true, decision.hash(), "owner", null))
        .isEqualTo(new DecisionAnswer.Accepted(true));
    assertThat(decisions.answer(decision.decisionId(), false, decision.hash(), "owner", null))
        .as("a second, contrary answer")
        .isEqualTo(new DecisionAnswer.AlreadyAnswered("being recorded"));
    assertThat(engine.published()).hasSize(1);
  }

  @Test
  void refusesAnAnswerToSomethingElseThanWasShown() {
    Decision decision = ask();

    assertThat(decisions.answer(decision.decisionId(), true, "other", "owner", null))
        .isEqualTo(new DecisionAnswer.HashDiffers(decision.hash()));
    assertThat(engine.published()).isEmpty();
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
