package dev.kodo.kernel.config;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes in bytes as people write them: {@code 1MB}, {@code 500KB}, {@code 2048}. */
public final class Sizes {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,12})\\s*(B|KB|MB|GB)?");

  private Sizes() {}

  /** Returns bytes, above zero; one KB is 1024 bytes. */
  public static long parse(String text) {
    Matcher matcher = FORM.matcher(text.strip().toUpperCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new IllegalArgumentException("Expected a size, but got " + text);
    }
    String unit = matcher.group(2) == null ? "B" : matcher.group(2);
    long factor =
        switch (unit) {
          case "KB" -> 1L << 10;
          case "MB" -> 1L << 20;
          case "GB" -> 1L << 30;
          default -> 1L;
        };
    long bytes = Math.multiplyExact(Long.parseLong(matcher.group(1)), factor);
    if (bytes == 0) {
      throw new IllegalArgumentException("Expected a size above zero, but got " + text);
    }
    return bytes;
  }

  /** Bytes of a Java heap as the configuration writes it: {@code 512m}. */
  public static long heap(String text) {
    return parse(text.strip() + "b");
  }

  /** For people: {@code 812 KB}, {@code 285.3 MB}. */
  public static String readable(long bytes) {
    if (bytes < 1 << 20) {
      return (bytes >> 10) + " KB";
    }
    if (bytes < 1L << 30) {
      return String.format(Locale.ROOT, "%.1f MB", bytes / (double) (1 << 20));
    }
    return String.format(Locale.ROOT, "%.1f GB", bytes / (double) (1L << 30));
  }
}
