package dev.kodo.kernel.guard;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * When the text of a stream came. An event with text is a token and seldom more, so events stand in
 * for tokens that nobody counted: too few rather than too many. Not thread-safe.
 */
final class StreamTimes {
  private final LongSupplier nanos;
  private final long sent;
  private final boolean loading;
  private long first;
  private long last;
  private int events;

  /**
   * From now on.
   *
   * @param loading whether the server may load the model first, which is no reading
   * @param nanos a clock that only ever goes on, such as {@link System#nanoTime}
   */
  StreamTimes(boolean loading, LongSupplier nanos) {
    this.loading = loading;
    this.nanos = nanos;
    this.sent = nanos.getAsLong();
  }

  void text() {
    last = nanos.getAsLong();
    first = events++ == 0 ? last : first;
  }

  /** Up to the first text. */
  Measured.@Nullable Pace read(@Nullable Integer tokens) {
    return events == 0 || loading ? null : pace(tokens, first - sent);
  }

  /** From the first text to the last: one token less than all. */
  Measured.@Nullable Pace write(@Nullable Integer tokens) {
    int written = (tokens == null ? events : tokens) - 1;
    return events < 2 || written < 1 ? null : pace(written, last - first);
  }

  private static Measured.Pace pace(@Nullable Integer tokens, long nanos) {
    return new Measured.Pace(tokens, Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos)), false);
  }
}
