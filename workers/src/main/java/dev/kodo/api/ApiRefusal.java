package dev.kodo.api;

import org.springframework.http.HttpStatus;

/** A request that is not carried out, with what its sender is told. */
abstract sealed class ApiRefusal extends RuntimeException
    permits AgentUnknown, DiagramUnknown, RequestInvalid, RoutineRefused, RoutineUnknown {
  private final HttpStatus status;
  private final transient ApiError error;

  ApiRefusal(HttpStatus status, ApiError error) {
    super(error.message());
    this.status = status;
    this.error = error;
  }

  final HttpStatus status() {
    return status;
  }

  final ApiError error() {
    return error;
  }
}
