package dev.kodo.kernel.maven;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far a download is, as Maven prints it: {@code Progress (1): 4.1/299 MB}, or with the file's
 * name and brackets around the numbers.
 */
record DownloadProgress(double done, double total, String unit) {
  private static final Pattern FORM =
      Pattern.compile("Progress \\(\\d+\\):.*?([0-9.]+)(?: ([kMG]?B))?/([0-9.]+) ([kMG]?B)");

  /** Empty for any other line. The archive is the only large file, so small ones do not count. */
  static Optional<DownloadProgress> parse(String line) {
    Matcher matcher = FORM.matcher(line);
    if (!matcher.find()) {
      return Optional.empty();
    }
    String unit = matcher.group(4);
    String doneUnit = matcher.group(2) == null ? unit : matcher.group(2);
    double done = Double.parseDouble(matcher.group(1)) * factor(doneUnit) / factor(unit);
    double total = Double.parseDouble(matcher.group(3));
    return total > 0 ? Optional.of(new DownloadProgress(done, total, unit)) : Optional.empty();
  }

  boolean isLarge() {
    return total * factor(unit) >= 10e6;
  }

  int percent() {
    return (int) Math.min(100, Math.floor(100 * done / total));
  }

  String readable() {
    return String.format(Locale.ROOT, "%d %% of %.0f %s", percent(), total, unit);
  }

  private static double factor(String unit) {
    return switch (unit) {
      case "kB" -> 1e3;
      case "MB" -> 1e6;
      case "GB" -> 1e9;
      default -> 1;
    };
  }
}
