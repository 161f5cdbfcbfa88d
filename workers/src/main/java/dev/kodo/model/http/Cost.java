package dev.kodo.model.http;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

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
    String basis = head.first("Kodo-Cost-Basis").orElse("");
    return head.first("Kodo-Cost-Usd")
        .filter(amount -> AMOUNT.matcher(amount).matches() && BASIS.matcher(basis).matches())
        .map(amount -> new Cost(new BigDecimal(amount), basis));
  }
}
