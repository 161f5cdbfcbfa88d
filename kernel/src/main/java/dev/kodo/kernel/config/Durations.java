package dev.kodo.kernel.config;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code PT30M}, {@code P7D}, {@code 30m}, {@code 500ms}. */
public final class Durations {
  private static final Pattern SHORT = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");

  private Durations() {}

  /** Returns a duration above zero, or throws {@link IllegalArgumentException}. */
  public static Duration parse(String text) {
    Duration duration = read(text.strip());
    if (duration.isZero() || duration.isNegative()) {
      throw new IllegalArgumentException("Expected a duration above zero, but got " + text);
    }
    return duration;
  }

  private static Duration read(String text) {
    Matcher matcher = SHORT.matcher(text.toLowerCase(Locale.ROOT));
    if (matcher.matches()) {
      long amount = Long.parseLong(matcher.group(1));
      return switch (matcher.group(2)) {
        case "ms" -> Duration.ofMillis(amount);
        case "s" -> Duration.ofSeconds(amount);
        case "m" -> Duration.ofMinutes(amount);
        case "h" -> Duration.ofHours(amount);
        default -> Duration.ofDays(amount);
      };
    }
    try {
      return Duration.parse(text);
    } catch (java.time.DateTimeException e) {
      throw new IllegalArgumentException("Expected a duration, but got " + text, e);
    }
  }

  /**
   * For people: {@code 850 ms}, {@code 4.2 s}, {@code 3 min 05 s}, {@code 2 h 10 min}. Put together
   * by hand, as a formatter loads half of the locale data of the JDK.
   */
  public static String readable(Duration duration) {
    long millis = duration.toMillis();
    if (millis < 1_000) {
      return millis + " ms";
    }
    if (millis < 60_000) {
      return millis / 1_000 + "." + millis % 1_000 / 100 + " s";
    }
    if (millis < 3_600_000) {
      return duration.toMinutes() + " min " + twoDigits(duration.toSecondsPart()) + " s";
    }
    if (duration.toDays() < 2) {
      return duration.toHours() + " h " + twoDigits(duration.toMinutesPart()) + " min";
    }
    return duration.toDays() + " days";
  }

  /** As on a clock. */
  public static String twoDigits(int number) {
    return number < 10 ? "0" + number : Integer.toString(number);
  }
}
