package dev.kodo.kernel.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TotalsTest {

  @Test
  void forgetsTheOldestHeartbeatsAndNoneThatIsOpen() {
    Window window = Window.of(Instant.parse("2026-11-21T10:00:00Z"), ZoneOffset.UTC);
    Totals totals = new Totals();
    totals.enter(window);
    totals.learn(new Totals.Beat("a", "open"), BeatSpending.NOTHING);
    totals.open(
        new Reservation(
            UUID.randomUUID(),
            new SpendRequest(
                new SpendRequest.Caller("a", "c", "open", null, null, null),
                "p",
                "m",
                Usd.parse("1"),
                true),
            window));
    for (int i = 0; i < 30_000; i++) {
      totals.learn(new Totals.Beat("a", "made-up-" + i), BeatSpending.NOTHING);
    }

    assertThat(totals.knows(new Totals.Beat("a", "made-up-1"))).isFalse();
    assertThat(totals.knows(new Totals.Beat("a", "made-up-29999"))).isTrue();
    assertThat(totals.ofBeat(new Totals.Beat("a", "open"))).isEqualTo(Usd.parse("1"));
  }
}
