package dev.kodo.kernel.budget;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

/** Money set aside for one call, until {@link Ledger#settle} or {@link Ledger#release} ends it. */
public final class Reservation {
  private final UUID id;
  private final SpendRequest request;
  private final Window window;
  private final AtomicBoolean closed = new AtomicBoolean();

  Reservation(UUID id, SpendRequest request, Window window) {
    this.id = id;
    this.request = request;
    this.window = window;
  }

  public UUID id() {
    return id;
  }

  public SpendRequest request() {
    return request;
  }

  public Window window() {
    return window;
  }

  /** The amount that is set aside. */
  public Usd amount() {
    return request.worstCase();
  }

  /** True for the first caller only. */
  boolean close() {
    return closed.compareAndSet(false, true);
  }
}
