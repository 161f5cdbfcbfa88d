package dev.kodo.survival;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;

/** Without a guard only the rehearsal answers, and it costs nothing. */
final class NothingMetered implements SpendMeter {
  private final Clock clock;
  private final ZoneId zone;

  NothingMetered(Clock clock, ZoneId zone) {
    this.clock = clock;
    this.zone = zone;
  }

  @Override
  public Measurement measure(String agentId) {
    LocalDate day = LocalDate.ofInstant(clock.instant(), zone);
    return new Measurement.Measured(
        new Spending(
            BigDecimal.ZERO,
            null,
            null,
            null,
            null,
            null,
            day.toString(),
            day.plusDays(1).atStartOfDay(zone).toInstant().toString()));
  }
}
