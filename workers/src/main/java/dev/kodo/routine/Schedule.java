package dev.kodo.routine;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.support.CronExpression;

/**
 * Times on the owner's clock, written as in a crontab: minute, hour, day of the month, month, day
 * of the week.
 *
 * <p>When the clocks change, a time that names its hours comes once on every day: one that falls
 * into the hour that is left out comes after it, one that falls into the hour that comes twice
 * comes in the first. A time whose hours begin with {@code *} follows the hours that really pass.
 */
public final class Schedule {
  private static final Set<String> MACROS =
      Set.of("@hourly", "@daily", "@midnight", "@weekly", "@monthly", "@yearly", "@annually");
  private static final Instant LONG_AGO = Instant.parse("2000-01-01T00:00:00Z");

  private final String text;
  private final CronExpression expression;
  private final boolean everyHour;

  private Schedule(String text, CronExpression expression, boolean everyHour) {
    this.text = text;
    this.expression = expression;
    this.everyHour = everyHour;
  }

  /**
   * Reads an expression.
   *
   * @throws IllegalArgumentException with what is wrong, as the end of a sentence
   */
  static Schedule parse(String written) {
    String text = written.strip();
    if (text.startsWith("@")) {
      if (!MACROS.contains(text.toLowerCase(Locale.ROOT))) {
        throw new IllegalArgumentException("is none of " + MACROS.stream().sorted().toList());
      }
      return checked(new Schedule(text, CronExpression.parse(text), text.equals("@hourly")));
    }
    String[] fields = text.split("\\s+", -1);
    if (fields.length != 5) {
      throw new IllegalArgumentException(
          "has %d fields and needs five: minute, hour, day of the month, month, day of the week"
              .formatted(fields.length));
    }
    // Crontab joins the two by "or", other programs by "and": nobody should have to guess.
    if (isRestricted(fields[2]) && isRestricted(fields[4])) {
      throw new IllegalArgumentException(
          "names days of the month and days of the week; write * for one of the two");
    }
    try {
      return checked(
          new Schedule(text, CronExpression.parse("0 " + text), fields[1].startsWith("*")));
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException(
          "cannot be read: " + String.valueOf(wrong.getMessage()).replaceAll("[\\s.]+$", ""),
          wrong);
    }
  }

  private static boolean isRestricted(String field) {
    return !field.equals("*") && !field.equals("?");
  }

  private static Schedule checked(Schedule schedule) {
    if (schedule.next(LONG_AGO, ZoneId.of("UTC")).isEmpty()) {
      throw new IllegalArgumentException("names a time that never comes");
    }
    return schedule;
  }

  public String text() {
    return text;
  }

  /** The first time after an instant; empty when none comes any more. */
  Optional<Instant> next(Instant after, ZoneId zone) {
    return Optional.ofNullable(everyHour ? nextHourly(after, zone) : nextOnTheClock(after, zone));
  }

  private @Nullable Instant nextHourly(Instant after, ZoneId zone) {
    ZonedDateTime next = expression.next(after.atZone(zone));
    return next == null ? null : next.toInstant();
  }

  private @Nullable Instant nextOnTheClock(Instant after, ZoneId zone) {
    LocalDateTime local = LocalDateTime.ofInstant(after, zone);
    while (true) {
      local = expression.next(local);
      if (local == null) {
        return null;
      }
      Instant instant = local.atZone(zone).toInstant();
      if (instant.isAfter(after)) {
        return instant;
      }
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Schedule schedule && schedule.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }
}
