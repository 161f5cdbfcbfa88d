package dev.kodo.model.http;

import org.jspecify.annotations.Nullable;

/** The request went out and no complete answer came back: nobody can say what it did. */
public final class OutcomeUnknown extends RuntimeException {
  private final boolean givenUp;

  OutcomeUnknown(String message, boolean givenUp, @Nullable Throwable cause) {
    super(message, cause);
    this.givenUp = givenUp;
  }

  /** True when the caller was interrupted, so that it is not the endpoint's fault. */
  public boolean givenUp() {
    return givenUp;
  }
}
