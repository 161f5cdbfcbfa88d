package dev.kodo.kernel.guard.http;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Connections to providers that have answered in full and wait for another request, so that not
 * every call pays for a handshake. When a provider closes one in the moment in which the next
 * request is sent, nobody can tell that from a call that was lost after it was made, and it would
 * be counted. So they wait for four seconds only, where servers commonly wait for five and more,
 * and are looked at before: one that was closed sooner has mostly said so.
 */
public final class Connections implements AutoCloseable {
  private static final Duration LONGEST_IDLE = Duration.ofSeconds(4);
  private static final Pattern TIMEOUT = Pattern.compile("timeout *= *([0-9]{1,9})");
  private static final int MOST = 16;

  /**
   * One that waits.
   *
   * @param since by the clock on the wall, which goes on while the machine sleeps
   */
  private record Idle(Line line, Watchdog.Limit limit, long since) {
    boolean isFresh() {
      return Math.abs(System.currentTimeMillis() - since) <= LONGEST_IDLE.toMillis();
    }
  }

  private final Watchdog watchdog;
  private final Map<URI, Deque<Idle>> waiting = new HashMap<>();
  private boolean closed;

  public Connections(Watchdog watchdog) {
    this.watchdog = watchdog;
  }

  /** Whether a server that says this closes its connections sooner. */
  static boolean isTooShort(String keepAlive) {
    Matcher timeout = TIMEOUT.matcher(keepAlive);
    return timeout.find() && Long.parseLong(timeout.group(1)) <= LONGEST_IDLE.toSeconds();
  }

  /** The one that was used last: the others are older. */
  Optional<Line> take(URI address) {
    for (Optional<Idle> idle = poll(address); idle.isPresent(); idle = poll(address)) {
      idle.get().limit().close();
      Line line = idle.get().line();
      if (idle.get().isFresh() && line.isQuiet()) {
        return Optional.of(line);
      }
      line.close();
    }
    return Optional.empty();
  }

  private synchronized Optional<Idle> poll(URI address) {
    return Optional.ofNullable(waiting.get(address)).map(Deque::pollLast);
  }

  synchronized void keep(URI address, Line line) {
    if (closed) {
      line.close();
      return;
    }
    Deque<Idle> lines = waiting.computeIfAbsent(address, first -> new ArrayDeque<>());
    Watchdog.Limit limit = watchdog.limit(LONGEST_IDLE, () -> expire(address, line));
    lines.addLast(new Idle(line, limit, System.currentTimeMillis()));
    if (lines.size() > MOST) {
      Idle oldest = lines.removeFirst();
      oldest.limit().close();
      oldest.line().close();
    }
  }

  /** A line that was taken meanwhile is in use, and is left alone. */
  private synchronized void expire(URI address, Line line) {
    if (waiting.getOrDefault(address, new ArrayDeque<>()).removeIf(idle -> idle.line() == line)) {
      line.close();
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    waiting.values().forEach(lines -> lines.forEach(idle -> idle.line().close()));
    waiting.clear();
  }
}
