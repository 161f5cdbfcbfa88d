package dev.kodo.kernel.guard.http;

import java.io.IOException;

/** The bytes are not HTTP as the guard accepts it, or it cannot take them now. */
public final class BadMessage extends IOException {
  private static final long serialVersionUID = 1L;

  /** What is wrong. */
  public enum Fault {
    MALFORMED,
    TOO_LARGE,
    /** Nothing is wrong with the message, but there is no room for it. */
    BUSY
  }

  private final Fault fault;

  BadMessage(String message) {
    this(message, Fault.MALFORMED);
  }

  BadMessage(String message, Fault fault) {
    super(message);
    this.fault = fault;
  }

  public Fault fault() {
    return fault;
  }
}
