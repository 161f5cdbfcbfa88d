package dev.kodo.api;

import org.springframework.http.HttpStatus;

/** A request asks for a diagram or an instance that cannot be shown. */
final class DiagramUnknown extends ApiRefusal {
  DiagramUnknown(ApiError error) {
    super(HttpStatus.NOT_FOUND, error);
  }
}
