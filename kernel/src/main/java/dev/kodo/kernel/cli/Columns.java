package dev.kodo.kernel.cli;

/** Columns of fixed width, without the cost of a formatter. */
final class Columns {
  private Columns() {}

  static String left(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }

  static String right(String text, int width) {
    return " ".repeat(Math.max(0, width - text.length())) + text;
  }
}
