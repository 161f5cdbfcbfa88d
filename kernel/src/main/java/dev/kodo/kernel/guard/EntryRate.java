package dev.kodo.kernel.guard;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * How many entries the log takes from the body of one agent. A body that has rewritten itself must
 * not fill the log; an honest one keeps what was refused and sends it again. How long each may be
 * is nothing to count: the log shortens its texts.
 */
final class EntryRate {
  static final int MOST = 600;
  static final Duration WINDOW = Duration.ofMinutes(1);

  private final Clock clock;
  private final Map<String, Window> windows = new HashMap<>();

  private static final class Window {
    private final Instant begin;
    private int entries;

    private Window(Instant begin) {
      this.begin = begin;
    }

    /** A clock that stepped back begins a window too. */
    private boolean isOver(Instant now) {
      return now.isBefore(begin) || !now.isBefore(begin.plus(WINDOW));
    }
  }

  EntryRate(Clock clock) {
    this.clock = clock;
  }

  /** Takes room for one entry of a known agent; refuses when there is none. */
  void take(String agentId) throws CallRefused {
    if (!hasRoom(agentId)) {
      throw new CallRefused(
          GuardCode.TOO_MANY_ENTRIES,
          "Expected at most %d entries of an agent in a minute, but got more.".formatted(MOST));
    }
  }

  private synchronized boolean hasRoom(String agentId) {
    Instant now = clock.instant();
    Window known = windows.get(agentId);
    if (known == null || known.isOver(now)) {
      known = new Window(now);
      windows.put(agentId, known);
    }
    return known.entries++ < MOST;
  }
}
