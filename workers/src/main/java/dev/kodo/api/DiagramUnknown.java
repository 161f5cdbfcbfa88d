package dev.kodo.api;

/** A request asks for a diagram or an instance that cannot be shown. */
final class DiagramUnknown extends RuntimeException {
  private final transient ApiError error;

  DiagramUnknown(ApiError error) {
    super(error.message());
    this.error = error;
  }

  ApiError error() {
    return error;
  }
}
