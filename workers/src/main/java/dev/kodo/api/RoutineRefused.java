package dev.kodo.api;

/** A change of {@code routines.yml} that is not made; the message says why and what to do. */
final class RoutineRefused extends RuntimeException {
  RoutineRefused(String message) {
    super(message);
  }
}
