package dev.kodo.api;

import org.springframework.http.HttpStatus;

/** A change of {@code routines.yml} that is not made; the message says why and what to do. */
final class RoutineRefused extends ApiRefusal {
  RoutineRefused(String message) {
    super(
        HttpStatus.BAD_REQUEST,
        new ApiError(
            "ROUTINE_REFUSED",
            message,
            "Nothing was changed. See docs/routines.md and: kodo routine add --help"));
  }
}
