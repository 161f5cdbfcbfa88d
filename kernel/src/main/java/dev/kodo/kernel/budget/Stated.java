package dev.kodo.kernel.budget;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Limits that a caller states for its own heartbeat, below the configured ones. They only ever get
 * lower: the lowest that was stated for a heartbeat binds all its later calls, whatever these say.
 *
 * @param spend US dollars for all calls of the heartbeat together, null for no such limit
 * @param calls how many calls the heartbeat may make, null for no such limit
 */
public record Stated(@Nullable Usd spend, @Nullable Integer calls) {
  public static final Stated NOTHING = new Stated(null, null);

  /** What a stated limit is about, with the word under which its refusal is told. */
  public enum Kind {
    SPEND("stated-spend", "US dollars"),
    CALLS("stated-calls", "calls");

    private final String key;
    private final String unit;

    Kind(String key, String unit) {
      this.key = key;
      this.unit = unit;
    }

    public String key() {
      return key;
    }

    public String unit() {
      return unit;
    }
  }

  /** The lower of both, limit by limit. */
  Stated lower(Stated other) {
    return new Stated(lower(spend, other.spend), lower(calls, other.calls));
  }

  private static <T extends Comparable<T>> @Nullable T lower(@Nullable T one, @Nullable T other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.compareTo(other) <= 0 ? one : other;
  }

  /** Which of these limits leaves no room for one more call. */
  Optional<ReserveResult.OverStated> refusal(BeatSpending used, Usd wanted) {
    if (calls != null && used.calls() >= calls) {
      return Optional.of(
          new ReserveResult.OverStated(Kind.CALLS, "" + calls, "" + used.calls(), "1"));
    }
    boolean over = spend != null && !wanted.isZero() && used.amount().plus(wanted).exceeds(spend);
    return over
        ? Optional.of(
            new ReserveResult.OverStated(
                Kind.SPEND, "" + spend, used.amount().toString(), wanted.toString()))
        : Optional.empty();
  }
}
