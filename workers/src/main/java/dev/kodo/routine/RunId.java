package dev.kodo.routine;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Ids of runs, {@code YYYYMMDDHHMMSS} in the owner's time zone, like those of beats. */
final class RunId {
  private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("uuuuMMddHHmmss");

  private RunId() {}

  /** Ids of an agent only grow, also when the clock steps back or two fall into one second. */
  static String next(Instant now, ZoneId zone, Optional<String> last) {
    LocalDateTime time = LocalDateTime.ofInstant(now, zone).truncatedTo(ChronoUnit.SECONDS);
    return last.map(id -> LocalDateTime.parse(id, FORMAT).plusSeconds(1))
        .filter(earliest -> earliest.isAfter(time))
        .orElse(time)
        .format(FORMAT);
  }
}
