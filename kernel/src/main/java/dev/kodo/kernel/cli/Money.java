package dev.kodo.kernel.cli;

/** Amounts as people read them, made of the guard's exact texts without loading any formatter. */
final class Money {
  private static final int PLACES = 4;

  private Money() {}

  /** {@code 5} becomes {@code $5.00}; smaller parts than a hundredth of a cent are cut off. */
  static String text(String exact) {
    int dot = exact.indexOf('.');
    if (dot < 0) {
      return "$" + exact + ".00";
    }
    String cut = exact.substring(0, Math.min(exact.length(), dot + 1 + PLACES));
    if (isNothing(cut) && !isNothing(exact)) {
      return "under $0.0001";
    }
    return "$" + cut + (cut.length() - dot == 2 ? "0" : "");
  }

  private static boolean isNothing(String amount) {
    return amount.chars().allMatch(c -> c == '0' || c == '.');
  }
}
