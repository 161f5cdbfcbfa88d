package dev.kodo.model;

import dev.kodo.model.http.Cost;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The guard gave a call up: nobody knows what it did, but what it is counted as is known. */
final class SettledUnknown extends RuntimeException {
  private final transient @Nullable Cost cost;

  SettledUnknown(String message, @Nullable Cost cost, Throwable cause) {
    super(message, cause);
    this.cost = cost;
  }

  Optional<Cost> cost() {
    return Optional.ofNullable(cost);
  }
}
