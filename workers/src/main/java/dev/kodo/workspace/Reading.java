package dev.kodo.workspace;

/** What is found when a file is read with a limit. */
public sealed interface Reading {
  /** Valid UTF-8 without zero bytes; a byte order mark is taken off. */
  record Text(String text) implements Reading {}

  record Missing() implements Reading {}

  /** A folder, a pipe, a device. */
  record NotAFile() implements Reading {}

  /**
   * @param why for a person, for example {@code byte 17 is not valid UTF-8}
   */
  record NotText(String why) implements Reading {}

  /**
   * @param bytes the size found, which may have been cut off at the limit
   */
  record TooLarge(long bytes, long limit) implements Reading {}
}
