package dev.kodo.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kodo.testing.SettableClock;
import dev.kodo.testing.TestDatabase;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EffectLedgerTest {
  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final EffectKey KEY = new EffectKey("engine", 7, "job");

  private static final EffectOrigin ORIGIN = new EffectOrigin("main", 3, "theme-pick");

  private final SettableClock clock = new SettableClock("2026-01-31T09:30:00Z");
  private final EffectLedger ledger = new EffectLedger(TestDatabase.fresh().jdbc(), clock);
  private final UUID first = UUID.randomUUID();
  private final UUID second = UUID.randomUUID();

  @Test
  void letsOnlyOneOwnerBegin() {
    assertThat(ledger.begin(KEY, ORIGIN, first, LEASE)).isTrue();
    assertThat(ledger.begin(KEY, ORIGIN, second, LEASE)).isFalse();
  }

  @Test
  void handsAnEffectOverOnlyAfterTheLease() {
    ledger.begin(KEY, ORIGIN, first, LEASE);
    Effect.Started held = (Effect.Started) ledger.find(KEY, ORIGIN);

    assertThat(ledger.takeOver(KEY, held, second, LEASE)).isFalse();
    clock.advance(LEASE);
    assertThat(ledger.takeOver(KEY, held, second, LEASE)).isTrue();
    assertThat(ledger.takeOver(KEY, held, first, LEASE)).as("a second taker is too late").isFalse();
  }

  @Test
  void keepsAnEffectWithItsOwnerWhileTheLeaseIsExtended() {
    ledger.begin(KEY, ORIGIN, first, LEASE);
    clock.advance(LEASE);
    ledger.extend(KEY, first, LEASE);

    assertThat(ledger.takeOver(KEY, (Effect.Started) ledger.find(KEY, ORIGIN), second, LEASE))
        .isFalse();
  }

  @Test
  void tellsTheSameKeyOfTwoEnginesApart() {
    ledger.begin(KEY, ORIGIN, first, LEASE);
    ledger.finish(KEY, first, "{\"a\": 1}");

    assertThat(ledger.find(new EffectKey("another-engine", 7, "job"), ORIGIN))
        .isEqualTo(new Effect.Absent());
    assertThat(ledger.find(KEY, ORIGIN)).isEqualTo(new Effect.Done("{\"a\": 1}"));
  }

  @ParameterizedTest
  @CsvSource({"4, theme-pick", "3, heartbeat-open"})
  void takesNoResultOfAnEngineThatCountedToTheSameKey(long processInstanceKey, String jobType) {
    // given
    ledger.begin(KEY, ORIGIN, first, LEASE);
    ledger.finish(KEY, first, "{\"a\": 1}");
    EffectOrigin later = new EffectOrigin("main", processInstanceKey, jobType);

    // then
    assertThat(ledger.findDone(KEY, later)).isEmpty();
    assertThat(ledger.find(KEY, later)).isEqualTo(new Effect.Absent());
    assertThat(ledger.begin(KEY, later, second, LEASE)).isTrue();
    ledger.finish(KEY, second, "{\"a\": 2}");
    assertThat(ledger.find(KEY, later)).isEqualTo(new Effect.Done("{\"a\": 2}"));
  }
}
