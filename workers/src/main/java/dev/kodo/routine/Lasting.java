package dev.kodo.routine;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long a run may last, as people write it: {@code 10 min}, {@code 90 s}, {@code PT10M}. */
final class Lasting {
  private static final Duration SHORTEST = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofDays(1);
  private static final Pattern WORDS =
      Pattern.compile("([0-9]{1,6})\\s*(s|sec|second|seconds|m|min|minute|minutes|h|hour|hours)");
  private static final Map<Character, Duration> UNITS =
      Map.of('s', Duration.ofSeconds(1), 'm', Duration.ofMinutes(1), 'h', Duration.ofHours(1));

  private Lasting() {}

  /**
   * Reads a time.
   *
   * @throws IllegalArgumentException with what was expected
   */
  static Duration parse(String text) {
    Duration time = read(text.strip().toLowerCase(Locale.ROOT));
    if (time.compareTo(SHORTEST) < 0 || time.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("a time from 10 s to 24 h");
    }
    return time;
  }

  private static Duration read(String text) {
    Matcher words = WORDS.matcher(text);
    if (words.matches()) {
      Duration unit = UNITS.get(words.group(2).charAt(0));
      return (unit == null ? Duration.ZERO : unit).multipliedBy(Long.parseLong(words.group(1)));
    }
    try {
      return Duration.parse(text.toUpperCase(Locale.ROOT));
    } catch (java.time.format.DateTimeParseException noTime) {
      throw new IllegalArgumentException("a time such as 10 min or PT10M", noTime);
    }
  }

  /** The shortest words that {@link #parse} reads back. */
  static String text(Duration time) {
    if (time.toSeconds() % 60 != 0) {
      return time.toSeconds() + " s";
    }
    return time.toMinutes() % 60 == 0 ? time.toHours() + " h" : time.toMinutes() + " min";
  }
}
