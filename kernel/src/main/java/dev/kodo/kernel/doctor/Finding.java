package dev.kodo.kernel.doctor;

import java.util.Locale;

/**
 * What one examination found.
 *
 * @param next what to do, empty when all is well
 */
public record Finding(String subject, Grade grade, String text, String next) {

  /** How it stands. */
  public enum Grade {
    OK,
    NOTE,
    TROUBLE;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Finding ok(String subject, String text) {
    return new Finding(subject, Grade.OK, text, "");
  }

  static Finding note(String subject, String text, String next) {
    return new Finding(subject, Grade.NOTE, text, next);
  }

  static Finding trouble(String subject, String text, String next) {
    return new Finding(subject, Grade.TROUBLE, text, next);
  }
}
