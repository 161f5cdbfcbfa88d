package dev.kodo.survival;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kodo.agent.AgentState;
import dev.kodo.decision.AskedDecisions;
import dev.kodo.worker.JobStep;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class NewsTest {
  private final SurvivalFixture life = new SurvivalFixture();

  @Test
  void hasNothingToTellOfAQuietDay() {
    life.spend(0.1);

    assertThat(life.look()).isEqualTo(new News.Found(true, false, java.util.List.of(), false));
  }

  @Test
  void alertsOnceForEachStepAndDay() {
    life.spend(0.55);
    assertThat(life.look(50).notices()).containsExactly("alert-main-2026-01-31-50");
    assertThat(life.look(50).notices()).hasSize(1);

    life.spend(0.83);
    assertThat(life.look(50, 80).notices())
        .containsExactly("alert-main-2026-01-31-50", "alert-main-2026-01-31-80");
  }

  @Test
  void tellsOnlyTheHighestOfSeveralNewSteps() {
    life.spend(1.0);

    assertThat(life.look(50, 80, 100).notices())
        .contains("alert-main-2026-01-31-100")
        .doesNotContain("alert-main-2026-01-31-50");
    assertThat(life.look(50, 80, 100).notices())
        .doesNotContain("alert-main-2026-01-31-50", "alert-main-2026-01-31-80");
  }

  @Test
  void tellsAChangeUntilItIsTold() {
    life.spend(0.7);
    assertThat(life.look().tierNews()).isTrue();
    assertThat(life.look().tierNews()).isTrue();

    life.store.recordTold("main", 1);
    assertThat(life.look().tierNews()).isFalse();
  }

  @Test
  void asksOnceWhenTheAgentIsDead() {
    life.spend(0.9);
    assertThat(life.look().askToSpend()).isFalse();

    life.spend(0.97);
    assertThat(life.look().askToSpend()).isTrue();
    assertThat(life.look().askToSpend()).isFalse();
  }

  @Test
  void hasNoNewsOfAnAgentThatEnded() {
    life.spend(0.97);
    life.agents.moveTo("main", AgentState.RETIRED);

    assertThat(life.look(50)).isEqualTo(new News.Found(false, false, java.util.List.of(), false));
  }

  @Test
  void tellsABeatWithTheNumberOfTheChange() {
    life.spend(0.9);

    run(
        new SurvivalMonitorWorker(life.news, life.store, life.engine).steps().get(1),
        "{\"agentId\":\"main\"}");

    assertThat(life.engine.published()).containsExactly("tier-changed main tier 1");
    assertThat(life.look().tierNews()).isFalse();
  }

  @Test
  void asksUntilTheBudgetsDayEndsAndTellsTheCommandAfterAYes() {
    life.spend(0.97);
    var worker =
        new SpendMoreWorker(
            life.store,
            AskedDecisions.in(life.database, life.engine, life.clock),
            life.notices,
            life.clock);

    SpendMoreWorker.Asked asked =
        (SpendMoreWorker.Asked) run(worker.steps().get(0), "{\"agentId\":\"main\"}");

    assertThat(Duration.parse(asked.decisionDueIn())).isEqualTo(Duration.parse("PT14H30M"));
    assertThat(asked.spendQuestion()).contains("97 %", "7.50");

    Object recorded =
        run(
            worker.steps().get(1),
            "{\"agentId\":\"main\",\"decisionId\":\"%s\",\"approved\":true,\"via\":\"kodo\"}"
                .formatted(asked.decisionId()));

    assertThat(recorded)
        .isEqualTo(new SpendMoreWorker.Recorded(true, "spend-more-" + asked.decisionId()));
    assertThat(
            life.database
                .jdbc()
                .sql("select body from notice where kind = 'spend-more'")
                .query(String.class)
                .single())
        .contains("kodo budget set 7.50/day --agent main");
    assertThat(life.database.jdbc().sql("select state from decision").query(String.class).single())
        .isEqualTo("approved");
  }

  private <I, O> O run(JobStep<I, O> step, String input) {
    try {
      return step.work()
          .run(new ObjectMapper().readValue(input, step.input()), life.runs.first(step.type()));
    } catch (java.io.IOException malformed) {
      throw new AssertionError(malformed);
    }
  }
}
