package dev.kodo.survival;

import dev.kodo.heartbeat.Heartbeats;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Estimates what one beat may need of the budget. */
@Component
class BeatNeed {
  /** One to choose what to do, one to do it. */
  private static final BigDecimal FEWEST_CALLS = new BigDecimal(2);

  private final Heartbeats beats;

  BeatNeed(Heartbeats beats) {
    this.beats = beats;
  }

  /**
   * What the dearest of the beats that closed lately cost, and at least two calls at their worst;
   * zero where no call costs anything.
   *
   * @return US dollars, null where nothing is metered
   */
  @Nullable BigDecimal in(Spending spending) {
    BigDecimal call = spending.callAtWorst();
    return call == null || call.signum() == 0
        ? call
        : call.multiply(FEWEST_CALLS).max(beats.dearestLately());
  }
}
