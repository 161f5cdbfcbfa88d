package dev.kodo.api;

import org.springframework.http.HttpStatus;

/** A request that cannot be carried out as it was sent; the message says what to change. */
final class RequestInvalid extends ApiRefusal {
  RequestInvalid(String message) {
    super(
        HttpStatus.BAD_REQUEST,
        new ApiError("REQUEST_INVALID", message, "Correct it and send it again."));
  }
}
