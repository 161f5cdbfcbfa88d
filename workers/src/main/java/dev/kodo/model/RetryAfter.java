package dev.kodo.model;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;

/** The header {@code Retry-After}: seconds, or a date (RFC 9110, section 10.2.3). */
final class RetryAfter {
  private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");

  private RetryAfter() {}

  /** How long to wait; zero when the header does not say, or names a time that has passed. */
  static Duration of(String header, Clock clock) {
    if (SECONDS.matcher(header).matches()) {
      return Duration.ofSeconds(Long.parseLong(header));
    }
    try {
      ZonedDateTime date = ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME);
      Duration left = Duration.between(clock.instant(), date.toInstant());
      return left.isNegative() ? Duration.ZERO : left;
    } catch (DateTimeException noDate) {
      return Duration.ZERO;
    }
  }
}
