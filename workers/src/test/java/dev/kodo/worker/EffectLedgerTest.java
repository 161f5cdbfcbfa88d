package dev.kodo.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kodo.testing.SettableClock;
import dev.kodo.testing.TestDatabase;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EffectLedgerTest {
  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final EffectKey KEY = new EffectKey("engine", 7, "job");

  private final SettableClock clock = new SettableClock("2026-01-31T09:30:00Z");
  private final EffectLedger ledger = new EffectLedger(TestDatabase.fresh().jdbc(), clock);
  private final UUID first = UUID.randomUUID();
  private final UUID second = UUID.randomUUID();

  @Test
  void letsOnlyOneOwnerBegin() {
    assertThat(ledger.begin(KEY, "main", first, LEASE)).isTrue();
    assertThat(ledger.begin(KEY, "main", second, LEASE)).isFalse();
  }

  @Test
  void handsAnEffectOverOnlyAfterTheLease() {
    ledger.begin(KEY, "main", first, LEASE);
    Effect.Started held = (Effect.Started) ledger.find(KEY);

    assertThat(ledger.takeOver(KEY, held, second, LEASE)).isFalse();
    clock.advance(LEASE);
    assertThat(ledger.takeOver(KEY, held, second, LEASE)).isTrue();
    assertThat(ledger.takeOver(KEY, held, first, LEASE)).as("a second taker is too late").isFalse();
  }

  @Test
  void keepsAnEffectWithItsOwnerWhileTheLeaseIsExtended() {
    ledger.begin(KEY, "main", first, LEASE);
    clock.advance(LEASE);
    ledger.extend(KEY, first, LEASE);

    assertThat(ledger.takeOver(KEY, (Effect.Started) ledger.find(KEY), second, LEASE)).isFalse();
  }

  @Test
  void tellsTheSameKeyOfTwoEnginesApart() {
    ledger.begin(KEY, "main", first, LEASE);
    ledger.finish(KEY, first, "{\"a\": 1}");

    assertThat(ledger.find(new EffectKey("another-engine", 7, "job")))
        .isEqualTo(new Effect.Absent());
    assertThat(ledger.find(KEY)).isEqualTo(new Effect.Done("{\"a\": 1}"));
  }
}
