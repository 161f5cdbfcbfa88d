package dev.kodo.kernel.guard;

import dev.kodo.kernel.guard.http.Exchange;
import dev.kodo.kernel.guard.http.Watchdog;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The way of a call that was let through: to its provider and back, whatever happens. */
final class Passage {
  private final InFlight inFlight;
  private final Watchdog watchdog;
  private final Clock clock;
  private final Map<Provider.Kind, Forwarding> forwardings;
  private final Closing closing;

  Passage(
      InFlight inFlight,
      Watchdog watchdog,
      Clock clock,
      Map<Provider.Kind, Forwarding> forwardings,
      Closing closing) {
    this.inFlight = inFlight;
    this.watchdog = watchdog;
    this.clock = clock;
    this.forwardings = Map.copyOf(forwardings);
    this.closing = closing;
  }

  /** Throws when the caller does not take its answer; the call is settled all the same. */
  void pass(Admitted call, Exchange exchange, @Nullable Instant deadline) throws IOException {
    Forwarding forwarding = forwardings.get(call.provider().kind());
    if (forwarding == null) {
      throw new IllegalStateException("Expected a way to forward to " + call.provider().kind());
    }
    try (Leash leash = new Leash(inFlight, watchdog, deadline, clock.instant(), exchange)) {
      closing.close(call, forwarding.forward(call, exchange, leash), exchange);
    } finally {
      closing.secure(call);
    }
  }
}
