package dev.kodo.model;

import dev.kodo.model.http.Cost;
import dev.kodo.process.ErrorCode;
import dev.kodo.worker.CallRefused;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A provider did not take a call; it certainly had no effect, but it may have a price. */
final class ProviderRefused extends CallRefused {
  private final transient Consequence consequence;
  private final transient @Nullable Cost cost;

  ProviderRefused(
      Consequence consequence, String message, @Nullable Cost cost, @Nullable Throwable cause) {
    super(ErrorCode.MODEL_UNAVAILABLE, message, cause);
    this.consequence = consequence;
    this.cost = cost;
  }

  Consequence consequence() {
    return consequence;
  }

  /** Some providers charge for errors. */
  Optional<Cost> cost() {
    return Optional.ofNullable(cost);
  }
}
