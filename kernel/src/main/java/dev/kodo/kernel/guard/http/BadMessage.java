package dev.kodo.kernel.guard.http;

import java.io.IOException;

/** The bytes are not HTTP as the guard accepts it. */
public final class BadMessage extends IOException {
  private static final long serialVersionUID = 1L;

  private final boolean tooLarge;

  BadMessage(String message) {
    this(message, false);
  }

  BadMessage(String message, boolean tooLarge) {
    super(message);
    this.tooLarge = tooLarge;
  }

  public boolean isTooLarge() {
    return tooLarge;
  }
}
