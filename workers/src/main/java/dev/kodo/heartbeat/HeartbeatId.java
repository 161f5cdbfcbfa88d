package dev.kodo.heartbeat;

import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Identity of a beat, {@code YYYYMMDDHHMMSS} in the owner's time zone; it names files and folders.
 */
record HeartbeatId(String text) implements Comparable<HeartbeatId> {
  private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("uuuuMMddHHmmss");

  HeartbeatId {
    if (!text.matches("\\d{14}")) {
      throw new IllegalArgumentException(
          "Expected a heartbeat id like 20260131093000 but got " + text);
    }
  }

  /**
   * The id of a beat that opens now. Ids of an agent only grow: when the clock stepped back or two
   * beats fall into one second, the id is one second after the last one.
   */
  static HeartbeatId next(Clock clock, ZoneId zone, Optional<HeartbeatId> last) {
    LocalDateTime now =
        LocalDateTime.ofInstant(clock.instant(), zone).truncatedTo(ChronoUnit.SECONDS);
    return last.map(id -> LocalDateTime.parse(id.text(), FORMAT).plusSeconds(1))
        .filter(earliest -> earliest.isAfter(now))
        .or(() -> Optional.of(now))
        .map(time -> new HeartbeatId(FORMAT.format(time)))
        .orElseThrow();
  }

  @Override
  public int compareTo(HeartbeatId other) {
    return text.compareTo(other.text);
  }
}
