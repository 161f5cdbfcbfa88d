package dev.kodo.kernel.budget;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;

/**
 * The day and the hour in which a call counts.
 *
 * @param at the moment itself, never before an earlier one
 * @param day the day in the owner's time zone: 23 to 25 hours long
 * @param hour the beginning of the hour on the owner's clock; where clocks are set back, the hour
 *     that comes twice is two hours
 */
public record Window(Instant at, LocalDate day, Instant hour) {

  static Window of(Instant at, ZoneId zone) {
    ZonedDateTime local = at.atZone(zone);
    return new Window(at, local.toLocalDate(), local.truncatedTo(ChronoUnit.HOURS).toInstant());
  }
}
