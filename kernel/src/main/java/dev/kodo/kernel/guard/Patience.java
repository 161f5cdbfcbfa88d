package dev.kodo.kernel.guard;

import dev.kodo.kernel.guard.http.Watchdog;
import java.time.Duration;

/**
 * How long a provider may take. One that may have to load its model has longer until its first
 * byte, and its usual time from there. Not thread-safe.
 */
final class Patience implements AutoCloseable {
  private final Leash leash;
  private final Duration timeout;
  private boolean loading;
  private Watchdog.Limit limit;

  /** From now on. */
  Patience(Leash leash, Provider provider, boolean loading) {
    this.leash = leash;
    this.timeout = provider.timeout();
    this.loading = loading;
    this.limit = leash.limit(loading ? provider.loadTimeout() : timeout);
  }

  /** Whether nothing came yet from a provider that may have to load. */
  boolean mayLoad() {
    return loading;
  }

  void firstByte() {
    if (loading) {
      loading = false;
      limit.close();
      limit = leash.limit(timeout);
    }
  }

  @Override
  public void close() {
    limit.close();
  }
}
