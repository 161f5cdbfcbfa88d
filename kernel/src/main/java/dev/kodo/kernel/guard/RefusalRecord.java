package dev.kodo.kernel.guard;

import dev.kodo.kernel.audit.Actor;
import dev.kodo.kernel.audit.AuditEvent;
import dev.kodo.kernel.audit.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Enters refusals into the audit log. Who is refused again and again must not fill it: of each code
 * the first ones of a window are entered in full, the others are counted, and one entry tells their
 * number when the window is over.
 */
final class RefusalRecord {
  static final int IN_FULL = 20;
  static final Duration WINDOW = Duration.ofMinutes(1);

  /** While the log cannot be written, no more than this is kept for it. */
  private static final int MOST_OWED = 1_000;

  private final Records records;
  private final Clock clock;
  private final Map<GuardCode, Window> windows = new EnumMap<>(GuardCode.class);

  private static final class Window {
    private final Instant begin;
    private int entered;
    private long counted;

    private Window(Instant begin) {
      this.begin = begin;
    }
  }

  RefusalRecord(Records records, Clock clock) {
    this.records = records;
    this.clock = clock;
  }

  /** Returns when the refusal is on the record, or is counted. */
  void append(GuardCode code, AuditEvent event) {
    tell(over(code, clock.instant()));
    if (isEntered(code)) {
      records.append(event);
    }
  }

  private synchronized boolean isEntered(GuardCode code) {
    Window window = windows.computeIfAbsent(code, first -> new Window(clock.instant()));
    if (window.entered < IN_FULL && records.owed() < MOST_OWED) {
      window.entered++;
      return true;
    }
    window.counted++;
    return false;
  }

  /** Tells of the windows that are over, when nobody is refused any more. */
  void sweep() {
    Instant now = clock.instant();
    for (GuardCode code : GuardCode.values()) {
      tell(over(code, now));
    }
  }

  /** Tells of all windows, also of those that go on. */
  void end() {
    for (GuardCode code : GuardCode.values()) {
      tell(over(code, Instant.MAX));
    }
  }

  /** A clock that stepped back ends a window too. */
  private synchronized Optional<AuditEvent> over(GuardCode code, Instant now) {
    Window window = windows.get(code);
    if (window == null
        || (!now.isBefore(window.begin) && now.isBefore(window.begin.plus(WINDOW)))) {
      return Optional.empty();
    }
    windows.remove(code);
    return window.counted == 0 ? Optional.empty() : Optional.of(number(code, window));
  }

  private AuditEvent number(GuardCode code, Window window) {
    return AuditEvent.of(Actor.GUARD, Kind.REFUSAL, "further refusals", code.word())
        .with(
            Map.of(
                "count", Long.toString(window.counted),
                "since", window.begin.toString(),
                "until", clock.instant().toString()));
  }

  private void tell(Optional<AuditEvent> number) {
    number.ifPresent(event -> records.appendSoon(() -> event));
  }
}
