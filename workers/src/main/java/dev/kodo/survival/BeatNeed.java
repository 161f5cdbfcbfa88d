package dev.kodo.survival;

import dev.kodo.heartbeat.Heartbeats;
import dev.kodo.model.HeartbeatName;
import dev.kodo.model.Models;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Estimates what one beat may need of the budget. */
@Component
class BeatNeed {
  /** One to choose what to do, one to do it. */
  private static final BigDecimal FEWEST_CALLS = new BigDecimal(2);

  private static final int LATELY = 20;

  private final Heartbeats beats;
  private final Models models;

  BeatNeed(Heartbeats beats, Models models) {
    this.beats = beats;
    this.models = models;
  }

  /**
   * What the dearest of the last twenty beats that closed cost, and at least two calls at their
   * worst; zero where no call costs anything.
   *
   * @return US dollars, null where nothing is metered
   */
  @Nullable BigDecimal in(Spending spending) {
    BigDecimal call = spending.callAtWorst();
    return call == null || call.signum() == 0 ? call : call.multiply(FEWEST_CALLS).max(dearest());
  }

  private BigDecimal dearest() {
    return models.dearestOf(
        beats.lastClosed(LATELY).stream()
            .map(beat -> new HeartbeatName(beat.agentId(), beat.heartbeatId()))
            .toList());
  }
}
