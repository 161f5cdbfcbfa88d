package dev.kodo.kernel.budget;

import org.jspecify.annotations.Nullable;

/** The reservation could not be made durable, so the call must not be made. */
public final class LedgerUnavailable extends Exception {
  private static final long serialVersionUID = 1L;

  public LedgerUnavailable(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
