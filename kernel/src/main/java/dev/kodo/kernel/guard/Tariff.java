package dev.kodo.kernel.guard;

import dev.kodo.kernel.budget.Basis;
import dev.kodo.kernel.budget.Price;
import dev.kodo.kernel.budget.Settlement;
import dev.kodo.kernel.budget.Usd;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a call can cost and what it did cost.
 *
 * @param price empty when nobody knows it
 * @param ceiling what a call counts then
 */
record Tariff(Optional<Price> price, Usd ceiling) {
  /** Not implemented, no capacity, overloaded: the call was turned away before any work. */
  private static final Set<Integer> NOT_TAKEN = Set.of(501, 503, 529);

  /** A gateway or a time limit between: the model may have written a whole answer by then. */
  private static final Set<Integer> LOST_ON_THE_WAY =
      Set.of(408, 502, 504, 520, 521, 522, 523, 524);

  /**
   * The bounds of a call: a byte-level tokenizer makes at most one token of a byte.
   *
   * @param leastInput tokens that the prompt is in any case
   */
  record Bounds(long inputTokens, long outputTokens, long leastInput) {}

  Usd worstCase(Bounds bounds) {
    return price
        .map(p -> p.atMost(bounds.inputTokens, bounds.outputTokens))
        .orElse(ceiling)
        .min(Usd.MAX);
  }

  /** For a call that was made and whose end nobody knows. */
  Settlement unknownEnd(Bounds bounds) {
    return Settlement.of(worstCase(bounds), fixed().orElse(Basis.WORST_CASE));
  }

  /** For a complete answer with its own report. */
  Settlement complete(Bounds bounds, Usage usage, long answerBytes) {
    Optional<Basis> fixed = fixed();
    boolean plausible = plausible(bounds, usage);
    if (fixed.isPresent()) {
      return plausible
          ? counted(worstCase(bounds), fixed.get(), usage)
          : Settlement.of(worstCase(bounds), fixed.get());
    }
    try {
      return counted(price.orElseThrow(), bounds, usage, answerBytes, plausible);
    } catch (ArithmeticException beyondAllMoney) {
      return unknownEnd(bounds);
    }
  }

  /** Each part at its own price. */
  private static Settlement reported(Price known, Usage usage, int input, int output) {
    return counted(known.of(input(usage, input), output).min(Usd.MAX), Basis.REPORTED, usage);
  }

  /** Parts that are more than the whole are not believed: then all of it is plain input. */
  private static Price.Input input(Usage usage, int all) {
    long cached = orNone(usage.cached());
    long written = orNone(usage.cacheWritten());
    return cached + written > all ? Price.Input.of(all) : new Price.Input(all, cached, written);
  }

  private static long orNone(@Nullable Integer tokens) {
    return tokens == null ? 0 : tokens;
  }

  private static Settlement counted(Usd amount, Basis basis, Usage usage) {
    return new Settlement(amount, basis, usage.input(), usage.output(), usage.cached());
  }

  private Settlement counted(
      Price known, Bounds bounds, Usage usage, long answerBytes, boolean plausible) {
    Integer input = usage.input();
    Integer output = usage.output();
    if (plausible && input != null && output != null) {
      return reported(known, usage, input, output);
    }
    if (usage.isNonsense() || (input == null) != (output == null)) {
      return unknownEnd(bounds);
    }
    Usd estimate = estimate(known, bounds, answerBytes);
    return input == null || output == null
        ? Settlement.of(estimate, Basis.ESTIMATED)
        : Settlement.of(
            estimate.max(known.atMost(input, output)).min(Usd.MAX), Basis.UNDER_REPORTED);
  }

  /**
   * For an answer with an error status: empty when it costs nothing. A report of tokens counts.
   * Without one, the status says what the model may have been at: a whole answer that was lost on
   * the way, or at least the prompt.
   */
  Optional<Settlement> error(Bounds bounds, int status, Usage usage) {
    if (fixed().isEmpty()) {
      try {
        return billed(price.orElseThrow(), bounds, status, usage);
      } catch (ArithmeticException beyondAllMoney) {
        return Optional.of(unknownEnd(bounds));
      }
    }
    if (price.isEmpty()) {
      return reportsTokens(usage) || mayHaveWorked(status)
          ? Optional.of(unknownEnd(bounds))
          : Optional.empty();
    }
    return price
        .filter(p -> p.chargeErrors() && !p.perCall().isZero())
        .map(p -> Settlement.of(p.perCall(), Basis.FLAT));
  }

  private Optional<Settlement> billed(Price known, Bounds bounds, int status, Usage usage) {
    Usd prompt = known.atMost(bounds.inputTokens, 0).min(Usd.MAX);
    Integer input = usage.input();
    Integer output = usage.output();
    if (!usage.isNonsense() && input != null && output != null && (input > 0 || output > 0)) {
      return Optional.of(
          plausible(bounds, usage)
              ? reported(known, usage, input, output)
              : Settlement.of(
                  prompt.max(known.atMost(input, output)).min(Usd.MAX), Basis.UNDER_REPORTED));
    }
    if (LOST_ON_THE_WAY.contains(status) || reportsTokens(usage)) {
      return Optional.of(unknownEnd(bounds));
    }
    return mayHaveWorked(status)
        ? Optional.of(Settlement.of(prompt, Basis.ESTIMATED))
        : Optional.empty();
  }

  private static boolean mayHaveWorked(int status) {
    return LOST_ON_THE_WAY.contains(status) || (status >= 500 && !NOT_TAKEN.contains(status));
  }

  /** Whether it says anything of tokens that were used, even if that cannot be right. */
  private static boolean reportsTokens(Usage usage) {
    Integer input = usage.input();
    Integer output = usage.output();
    return usage.isNonsense() || (input != null && input > 0) || (output != null && output > 0);
  }

  private Optional<Basis> fixed() {
    if (price.isEmpty()) {
      return Optional.of(Basis.CEILING);
    }
    if (price.get().isFree()) {
      return Optional.of(Basis.FREE);
    }
    return price.get().isFlat() ? Optional.of(Basis.FLAT) : Optional.empty();
  }

  /** A provider that counts less than the text that went to and fro can hold has miscounted. */
  private static boolean plausible(Bounds bounds, Usage usage) {
    Integer input = usage.input();
    Integer output = usage.output();
    return !usage.isNonsense()
        && input != null
        && output != null
        && input >= bounds.leastInput
        && output >= usage.leastOutput();
  }

  private static Usd estimate(Price price, Bounds bounds, long answerBytes) {
    return price.atMost(bounds.inputTokens, Math.min(bounds.outputTokens, answerBytes));
  }
}
