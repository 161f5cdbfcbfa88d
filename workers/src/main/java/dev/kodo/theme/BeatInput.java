package dev.kodo.theme;

import java.util.regex.Pattern;

/** Checks the ids that the diagrams hand over. */
final class BeatInput {
  private static final Pattern ID = Pattern.compile("[0-9]{14}");

  private BeatInput() {}

  /** An id of 14 digits, as it stands in file names. */
  static String id(String variable, String value) {
    if (value == null || !ID.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "Expected 14 digits (yyyyMMddHHmmss) in '%s' but got '%s'".formatted(variable, value));
    }
    return value;
  }
}
