package dev.kodo.kernel.budget;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Pattern;

/**
 * An amount of US dollars that is never negative, counted in billionths so that the price of one
 * token is a whole number. All arithmetic is exact: what does not fit throws {@link
 * ArithmeticException}.
 */
public record Usd(long nanos) implements Comparable<Usd> {
  public static final Usd ZERO = new Usd(0);

  /** The largest amount that the table of spending can hold: one nano below a billion dollars. */
  public static final Usd MAX = new Usd(999_999_999_999_999_999L);

  private static final int SCALE = 9;
  private static final Pattern FORM = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,9})?");
  private static final BigInteger MILLION = BigInteger.valueOf(1_000_000);

  public Usd {
    if (nanos < 0) {
      throw new ArithmeticException("Expected an amount of at least 0, but got " + nanos + " nano");
    }
  }

  /** Reads {@code 5}, {@code 0.25}; throws {@link IllegalArgumentException} for anything else. */
  public static Usd parse(String text) {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "Expected an amount in US dollars such as 5 or 0.25, but got `" + text + "`");
    }
    return of(new BigDecimal(text));
  }

  /** Throws {@link ArithmeticException} when the number has more than nine decimal places. */
  public static Usd of(BigDecimal dollars) {
    return new Usd(dollars.movePointRight(SCALE).longValueExact());
  }

  /** The price of so many tokens, rounded up to the next billionth of a dollar. */
  public static Usd ofTokens(long tokens, Usd perMillion) {
    BigInteger[] parts =
        BigInteger.valueOf(tokens)
            .multiply(BigInteger.valueOf(perMillion.nanos))
            .divideAndRemainder(MILLION);
    BigInteger up = parts[1].signum() > 0 ? BigInteger.ONE : BigInteger.ZERO;
    return new Usd(parts[0].add(up).longValueExact());
  }

  public Usd plus(Usd other) {
    return new Usd(Math.addExact(nanos, other.nanos));
  }

  /** Throws {@link ArithmeticException} when the other amount is larger. */
  public Usd minus(Usd other) {
    return new Usd(Math.subtractExact(nanos, other.nanos));
  }

  /** What is left after the other amount; zero when that is larger. */
  public Usd without(Usd other) {
    return new Usd(Math.max(0, Math.subtractExact(nanos, other.nanos)));
  }

  /** A share of this amount, rounded down. */
  public Usd share(int numerator, int denominator) {
    return new Usd(
        BigInteger.valueOf(nanos)
            .multiply(BigInteger.valueOf(numerator))
            .divide(BigInteger.valueOf(denominator))
            .longValueExact());
  }

  public Usd min(Usd other) {
    return compareTo(other) <= 0 ? this : other;
  }

  public Usd max(Usd other) {
    return compareTo(other) >= 0 ? this : other;
  }

  public boolean isZero() {
    return nanos == 0;
  }

  public boolean exceeds(Usd limit) {
    return nanos > limit.nanos;
  }

  public BigDecimal dollars() {
    return BigDecimal.valueOf(nanos, SCALE);
  }

  @Override
  public int compareTo(Usd other) {
    return Long.compare(nanos, other.nanos);
  }

  /** The shortest text that {@link #parse} reads back: {@code 5}, {@code 0.25}. */
  @Override
  public String toString() {
    return nanos == 0 ? "0" : dollars().stripTrailingZeros().toPlainString();
  }
}
