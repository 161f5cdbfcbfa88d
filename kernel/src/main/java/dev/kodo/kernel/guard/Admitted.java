package dev.kodo.kernel.guard;

import dev.kodo.kernel.budget.Reservation;
import dev.kodo.kernel.guard.http.Request;

/**
 * A call that has passed every check and whose worst case is set aside.
 *
 * @param request the caller's own
 * @param body what the provider gets, in the guard's own writing
 */
record Admitted(
    Request request,
    Provider provider,
    Inspection inspection,
    Body body,
    Tariff tariff,
    Tariff.Bounds bounds,
    Reservation reservation) {

  /** The name of the model, as {@code <provider>/<model>}. */
  String model() {
    return new ModelName(provider.name(), inspection.model()).toString();
  }

  /** The bytes of a call. */
  static final class Body {
    private final byte[] bytes;

    Body(byte[] bytes) {
      this.bytes = bytes;
    }

    byte[] bytes() {
      return bytes;
    }
  }
}
