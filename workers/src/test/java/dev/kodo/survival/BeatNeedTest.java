package dev.kodo.survival;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kodo.heartbeat.RecordedBeats;
import dev.kodo.model.RehearsingModels;
import dev.kodo.testing.SettableClock;
import dev.kodo.testing.TestDatabase;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BeatNeedTest {
  private final TestDatabase database = TestDatabase.fresh();
  private final SettableClock clock = new SettableClock("2026-01-31T09:30:00Z");
  private final RecordedBeats beats = new RecordedBeats(database, clock);
  private final BeatNeed need =
      new BeatNeed(beats.heartbeats(), RehearsingModels.on(database, clock));

  @BeforeEach
  void closeABeatThatCostADollar() {
    paid("20260131090000", "0.6", "0.4");
    beats.end("20260131090000");
  }

  private void paid(String heartbeatId, String... costs) {
    beats.open(heartbeatId, 1);
    for (String cost : costs) {
      database
          .jdbc()
          .sql(
              """
              insert into model_call (call_id, agent_id, heartbeat_id, purpose, provider, model, rehearsal, state,
                                      cost_usd, duration_ms, finished_at)
              values (gen_random_uuid(), 'main', :id, 'test', 'p', 'm', false, 'answered', cast(:cost as numeric), 1, now())
              """)
          .param("id", heartbeatId)
          .param("cost", cost)
          .update();
    }
  }

  @Test
  void looksAtClosedBeatsOnlyAndAtTheLastTwenty() {
    paid("20260131090001", "3");
    beats.fail("20260131090001", "BUDGET_EXCEEDED");
    assertThat(with("0.3")).isEqualByComparingTo("1");

    for (int beat = 10; beat < 30; beat++) {
      paid("202601310900" + beat, "0.7");
      beats.end("202601310900" + beat);
    }
    assertThat(with("0.3")).isEqualByComparingTo("0.7");
  }

  @Test
  void needsWhatTheDearestBeatCost() {
    assertThat(with("0.3")).isEqualByComparingTo("1");
  }

  @Test
  void needsTwoCallsAtTheirWorst() {
    assertThat(with("0.7")).isEqualByComparingTo("1.4");
  }

  @Test
  void needsNothingWhereCallsAreFreeNow() {
    assertThat(with("0")).isEqualByComparingTo("0");
  }

  @Test
  void isUnknownWhereNothingIsMetered() {
    assertThat(need(null)).isNull();
  }

  private @Nullable BigDecimal with(String callAtWorst) {
    return need(new BigDecimal(callAtWorst));
  }

  private @Nullable BigDecimal need(@Nullable BigDecimal callAtWorst) {
    BigDecimal cap = new BigDecimal("5");
    return need.in(
        new Spending(
            BigDecimal.ZERO,
            BigDecimal.ZERO,
            cap,
            "day",
            cap,
            callAtWorst,
            "2026-01-31",
            "2026-02-01T00:00:00Z"));
  }
}
