package dev.kodo.it;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Time zones of owners whose day does not turn, or does, while a test runs. */
final class OwnerZone {
  private OwnerZone() {}

  /** A zone by its name, which PostgreSQL reads in the same way; its sign is that of POSIX. */
  static ZoneId whereItIs(int hour) {
    int ahead =
        Math.floorMod(hour - Instant.now().atOffset(ZoneOffset.UTC).getHour() + 11, 24) - 11;
    return ZoneId.of(ahead > 0 ? "Etc/GMT-" + ahead : "Etc/GMT+" + -ahead);
  }
}
