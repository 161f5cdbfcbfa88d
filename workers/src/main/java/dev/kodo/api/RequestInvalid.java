package dev.kodo.api;

/** A request that cannot be carried out as it was sent; the message says what to change. */
final class RequestInvalid extends RuntimeException {
  RequestInvalid(String message) {
    super(message);
  }
}
