package dev.kodo.model;

import dev.kodo.model.http.Cost;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call came to nothing that can be used: nobody knows what it did, but what it is counted as is
 * known.
 */
final class SettledUnknown extends RuntimeException {
  private final transient @Nullable Cost cost;
  private final transient @Nullable RawAnswer part;
  private final boolean ours;

  /**
   * @param ours whether our own clock ended it, so that no other provider would fare better and
   *     none is to blame
   */
  SettledUnknown(String message, @Nullable Cost cost, boolean ours, Throwable cause) {
    super(message, cause);
    this.cost = cost;
    this.part = null;
    this.ours = ours;
  }

  /** An answer was cut before there was anything of use in it. */
  SettledUnknown(RawAnswer part, boolean ours) {
    super("the answer %s, before anything of use was in it".formatted(fault(part)));
    this.cost = null;
    this.part = part;
    this.ours = ours;
  }

  private static String fault(RawAnswer part) {
    @Nullable Cut cut = Cut.of(part.cut());
    return cut == null ? "is whole" : cut.fault();
  }

  Optional<Cost> cost() {
    return Optional.ofNullable(cost);
  }

  /** What came before the cut. */
  Optional<RawAnswer> part() {
    return Optional.ofNullable(part);
  }

  boolean ours() {
    return ours;
  }
}
