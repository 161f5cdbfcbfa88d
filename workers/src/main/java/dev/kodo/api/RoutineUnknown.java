package dev.kodo.api;

/** A request names a routine that {@code routines.yml} does not have, or has with a mistake. */
final class RoutineUnknown extends RuntimeException {
  private static final int SHOWN = 60;

  RoutineUnknown(String name) {
    super(
        "There is no routine '%s' that can run."
            .formatted(name.length() <= SHOWN ? name : name.substring(0, SHOWN) + "…"));
  }
}
