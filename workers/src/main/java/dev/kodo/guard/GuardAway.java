package dev.kodo.guard;

/** The guard gave no whole answer; whether it did what it was asked for nobody knows. */
public final class GuardAway extends Exception {
  private static final long serialVersionUID = 1L;

  GuardAway(String message, Throwable cause) {
    super(message, cause);
  }
}
