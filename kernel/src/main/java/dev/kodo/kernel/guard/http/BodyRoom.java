package dev.kodo.kernel.guard.http;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The memory for bodies that are held at the same time. The kernel is small and everything depends
 * on it, so callers wait for each other rather than fill it.
 */
final class BodyRoom {
  private static final int UNIT = 1 << 10;

  private final int largest;
  private final Duration patience;
  private final Semaphore units;

  /**
   * An empty room.
   *
   * @param largest bytes of one body
   * @param all bytes of all bodies together, at least as many
   */
  BodyRoom(int largest, int all, Duration patience) {
    this.largest = largest;
    this.patience = patience;
    this.units = new Semaphore(units(Math.max(largest, all)));
  }

  int largest() {
    return largest;
  }

  /** What one request has taken; closed when it has been answered. */
  final class Share implements AutoCloseable {
    private int taken;

    /** Waits for room; throws when there is none in time. */
    void take(int bytes) throws BadMessage {
      int wanted = units(bytes);
      try {
        if (!units.tryAcquire(wanted, patience.toMillis(), TimeUnit.MILLISECONDS)) {
          throw new BadMessage("too many large calls are under way", BadMessage.Fault.BUSY);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new BadMessage("the guard is stopping", BadMessage.Fault.BUSY);
      }
      taken += wanted;
    }

    @Override
    public void close() {
      units.release(taken);
      taken = 0;
    }
  }

  Share share() {
    return new Share();
  }

  private static int units(int bytes) {
    return (bytes + UNIT - 1) / UNIT;
  }
}
