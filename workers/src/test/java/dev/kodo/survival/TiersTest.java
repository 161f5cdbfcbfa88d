package dev.kodo.survival;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TiersTest {
  private final SurvivalFixture life = new SurvivalFixture();

  @Test
  void beginsAsNormalWithoutHistory() {
    Standing standing = life.spend(0.1);

    assertThat(standing.tier()).isEqualTo("normal");
    assertThat(standing.modelClass()).isEqualTo("best");
    assertThat(standing.tierNumber()).isZero();
    assertThat(standing.measuredAt()).isEqualTo(life.clock.instant());
    assertThat(history()).isEmpty();
  }

  @Test
  void numbersEachChangeAndKeepsIt() {
    life.spend(0.7);
    life.spend(0.71);
    life.spend(0.9);
    Standing standing = life.spend(0.0);

    assertThat(standing.tierNumber()).isEqualTo(3);
    assertThat(history())
        .containsExactly("normal low-compute", "low-compute critical", "critical normal");
  }

  @Test
  void callsForHelpOnceForEachEpisode() {
    life.spend(0.86);
    life.spend(0.87);
    life.spend(0.9);
    assertThat(notices()).containsExactly("sos-main-1");

    // Dying is part of the same episode, and so is a raised cap that makes it critical again.
    life.spend(0.96);
    life.spend(0.9);
    assertThat(notices()).containsExactly("sos-main-1");

    life.spend(0.1);
    life.spend(0.97);
    life.spend(0.9);
    assertThat(notices()).containsExactly("sos-main-1", "sos-main-5");
  }

  @Test
  void tellsTheNumbersAndWhatTheOwnerCanDo() {
    life.spend(0.86);

    assertThat(life.notices.latest("main"))
        .hasValueSatisfying(
            notice -> {
              assertThat(notice.kind()).isEqualTo("sos");
              assertThat(notice.subject()).contains("main is critical");
            });
    assertThat(life.database.jdbc().sql("select body from notice").query(String.class).single())
        .contains(
            "86 %",
            "4.30 of 5.00",
            "from normal",
            "kodo budget set 7.50/day --agent main",
            "kodo approvals",
            "kodo panic");
  }

  @Test
  void keepsTheLastTierWhenTheSpendingIsUnknown() {
    life.spend(0.9);

    Standing kept = keep("The guard did not answer.");
    life.clock.advance(Duration.ofMinutes(5));
    keep("Still no answer.");

    assertThat(kept.tier()).isEqualTo("critical");
    Standing now = life.store.find("main").orElseThrow();
    assertThat(now.unmeasuredSince()).isEqualTo(life.clock.instant().minus(Duration.ofMinutes(5)));
    assertThat(now.unmeasuredReason()).isEqualTo("Still no answer.");
    assertThat(history()).hasSize(1);

    assertThat(life.spend(0.9).unmeasuredSince()).isNull();
  }

  @Test
  void keepsTheLastTierWhenTheTableDecidesNothing() {
    life.spend(0.7);

    assertThat(life.record(0.9, null).tier()).isEqualTo("low-compute");
    assertThat(life.record(0.9, new TierDecision("critical", null, 2, true)).tier())
        .isEqualTo("low-compute");
    assertThat(life.store.find("main").orElseThrow().unmeasuredReason())
        .contains("survival-tier decides nothing");
  }

  @Test
  void knowsATierForAnAgentThatWasNeverMeasured() {
    assertThat(keep("The guard did not answer.").tier()).isEqualTo("normal");
  }

  private Standing keep(String reason) {
    return life.database.transactions().execute(status -> life.tiers.keep("main", reason));
  }

  private List<String> history() {
    return life.database
        .jdbc()
        .sql("select previous_tier || ' ' || tier from survival_change order by tier_number")
        .query(String.class)
        .list();
  }

  private List<String> notices() {
    return life.database
        .jdbc()
        .sql("select notice_id from notice order by notice_id")
        .query(String.class)
        .list();
  }
}
