package dev.kodo.workspace;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Makes names that every file system takes. */
public final class FileName {
  /** Longest name of a usual file system, in bytes. */
  private static final int LONGEST = 255;

  private static final int LONGEST_SLUG = 60;
  private static final int LONGEST_EXTENSION = 16;
  private static final Pattern ACCENT = Pattern.compile("[\\u0300-\\u036f]");
  private static final Pattern NO_LETTERS = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");
  private static final Pattern HYPHENS_AT_THE_ENDS = Pattern.compile("^-+|-+$");

  private FileName() {}

  /**
   * A short readable name: lower case, letters and digits of any script joined by hyphens, accents
   * taken off, at most 60 characters and 180 bytes; {@code fallback} when nothing is left.
   */
  public static String slug(String text, String fallback) {
    String folded = Normalizer.normalize(text, Normalizer.Form.NFKD);
    String plain =
        Normalizer.normalize(ACCENT.matcher(folded).replaceAll(""), Normalizer.Form.NFC)
            .toLowerCase(Locale.ROOT);
    String joined = trimmed(NO_LETTERS.matcher(plain).replaceAll("-"));
    int letters = Math.min(LONGEST_SLUG, joined.codePointCount(0, joined.length()));
    String slug = joined.substring(0, joined.offsetByCodePoints(0, letters));
    slug = trimmed(cut(slug, 180));
    return slug.isEmpty() ? fallback : slug;
  }

  private static String trimmed(String name) {
    return HYPHENS_AT_THE_ENDS.matcher(name).replaceAll("");
  }

  /**
   * {@code prefix + name + suffix}, with the middle of the name shortened when all would be longer
   * than 255 bytes; its extension stays.
   */
  public static String fit(String prefix, String name, String suffix) {
    int dot = name.lastIndexOf('.');
    boolean hasExtension = dot > 0 && bytes(name.substring(dot)) <= LONGEST_EXTENSION;
    String stem = hasExtension ? name.substring(0, dot) : name;
    String end = (hasExtension ? name.substring(dot) : "") + suffix;
    return prefix + cut(stem, LONGEST - bytes(prefix) - bytes(end)) + end;
  }

  /**
   * The first of {@code prefix + name}, {@code prefix + name_01}, … that is not {@code taken}; the
   * number stands before the extension.
   */
  public static String free(String prefix, String name, Predicate<String> taken) {
    String first = fit(prefix, name, "");
    if (!taken.test(first)) {
      return first;
    }
    int dot = name.lastIndexOf('.');
    String stem = dot > 0 ? name.substring(0, dot) : name;
    String extension = dot > 0 ? name.substring(dot) : "";
    for (int number = 1; ; number++) {
      String next = fit(prefix, stem, "_%02d%s".formatted(number, extension));
      if (!taken.test(next)) {
        return next;
      }
    }
  }

  private static String cut(String text, int mostBytes) {
    int end = text.length();
    while (bytes(text.substring(0, end)) > mostBytes) {
      end = text.offsetByCodePoints(end, -1);
    }
    return text.substring(0, end);
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
