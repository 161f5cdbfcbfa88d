package dev.kodo.kernel.guard;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which calls wait for their provider, and what for. Thread-safe. */
final class Waiting {
  private final Clock clock;
  private final Set<Place> places = ConcurrentHashMap.newKeySet();

  Waiting(Clock clock) {
    this.clock = clock;
  }

  /** What a call waits for. */
  enum Reason {
    SLOT("a free slot"),
    LOADING("loading");

    private final String word;

    Reason(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  /** One call that waits; closed when it waits no longer. Equal to itself alone. */
  final class Place implements AutoCloseable {
    private final String provider;
    private final Reason reason;
    private final Instant since;

    private Place(String provider, Reason reason, Instant since) {
      this.provider = provider;
      this.reason = reason;
      this.since = since;
    }

    Reason reason() {
      return reason;
    }

    Instant since() {
      return since;
    }

    @Override
    public void close() {
      places.remove(this);
    }
  }

  Place enter(String provider, Reason reason) {
    return enter(provider, reason, clock.instant());
  }

  /** For a call that has waited since then, with steps between. */
  Place enter(String provider, Reason reason, Instant since) {
    Place place = new Place(provider, reason, since);
    places.add(place);
    return place;
  }

  /** The call that waits longest for this provider. */
  Optional<Place> longest(String provider) {
    return places.stream()
        .filter(place -> place.provider.equals(provider))
        .min(Comparator.comparing(Place::since));
  }
}
