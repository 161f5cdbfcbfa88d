package dev.kodo.survival;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kodo.heartbeat.RecordedBeats;
import dev.kodo.testing.SettableClock;
import dev.kodo.testing.TestDatabase;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BeatNeedTest {
  private final TestDatabase database = TestDatabase.fresh();
  private final RecordedBeats beats =
      new RecordedBeats(database, new SettableClock("2026-01-31T09:30:00Z"));
  private final BeatNeed need = new BeatNeed(beats.heartbeats());

  @BeforeEach
  void closeABeatThatCostADollar() {
    beats.open("20260131090000", 1);
    database
        .jdbc()
        .sql(
            """
            insert into model_call (call_id, agent_id, heartbeat_id, purpose, provider, model, rehearsal, state,
                                    cost_usd, duration_ms, finished_at)
            values ('call', 'main', '20260131090000', 'test', 'p', 'm', false, 'answered', 1, 1, now())
            """)
        .update();
    beats.end("20260131090000");
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
