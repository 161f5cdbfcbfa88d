package dev.kodo.kernel.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which entries somebody wants to see; what is absent does not matter.
 *
 * @param after only entries with a higher number
 * @param limit only so many, the newest
 */
public record EntryFilter(
    long after,
    @Nullable Kind kind,
    @Nullable String agent,
    @Nullable String heartbeat,
    @Nullable Instant since,
    int limit) {

  /** The same for what comes after an entry, all of it. */
  public EntryFilter following(long seq) {
    return new EntryFilter(seq, kind, agent, heartbeat, since, Integer.MAX_VALUE);
  }
}
