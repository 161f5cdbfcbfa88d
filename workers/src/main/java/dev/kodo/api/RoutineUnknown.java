package dev.kodo.api;

import org.springframework.http.HttpStatus;

/** A request names a routine that {@code routines.yml} does not have, or has with a mistake. */
final class RoutineUnknown extends ApiRefusal {
  private static final int SHOWN = 60;

  RoutineUnknown(String name) {
    super(
        HttpStatus.NOT_FOUND,
        new ApiError(
            "ROUTINE_UNKNOWN",
            "There is no routine '%s' that can run."
                .formatted(name.length() <= SHOWN ? name : name.substring(0, SHOWN) + "…"),
            "See the routines, and what is wrong with their file, with: kodo routine list"));
  }
}
