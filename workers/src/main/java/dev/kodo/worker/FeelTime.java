package dev.kodo.worker;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;

/** A date and time as FEEL writes it: with an offset, and with or without the name of a zone. */
final class FeelTime {
  private FeelTime() {}

  /** Empty for any other text. */
  static Optional<Instant> instant(String text) {
    try {
      int zone = text.indexOf('@');
      ZonedDateTime time =
          zone < 0
              ? ZonedDateTime.parse(text)
              : LocalDateTime.parse(text.substring(0, zone))
                  .atZone(ZoneId.of(text.substring(zone + 1)));
      return Optional.of(time.toInstant());
    } catch (DateTimeException other) {
      return Optional.empty();
    }
  }
}
