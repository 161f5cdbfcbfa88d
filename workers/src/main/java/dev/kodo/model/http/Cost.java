package dev.kodo.model.http;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the guard says that a call cost.
 *
 * @param usd US dollars, never negative
 * @param basis how the guard knows: reported, estimated, worst-case, flat, ceiling or free
 */
public record Cost(BigDecimal usd, String basis) {
  private static final Pattern AMOUNT = Pattern.compile("\\d{1,9}(\\.\\d{1,18})?");
  private static final Pattern BASIS = Pattern.compile("[a-z][a-z-]{0,30}");

  /** Empty when the headers are missing or are no amount: the cost is then unknown, not zero. */
  static Optional<Cost> from(ResponseHead head) {
    return of(head.first("Kodo-Cost-Usd").orElse(""), head.first("Kodo-Cost-Basis").orElse(""));
  }

  /** Empty when these are no amount and no basis. */
  static Optional<Cost> of(String usd, String basis) {
    return AMOUNT.matcher(usd).matches() && BASIS.matcher(basis).matches()
        ? Optional.of(new Cost(new BigDecimal(usd), basis))
        : Optional.empty();
  }

  /** This and what an earlier try of the same call cost. */
  public Cost after(@Nullable Cost earlier) {
    return earlier == null ? this : new Cost(usd.add(earlier.usd), basis);
  }
}
