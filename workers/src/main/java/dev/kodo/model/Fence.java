package dev.kodo.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Marks where material begins and ends. The mark is made from a hash of the material and stands
 * nowhere in it, so whoever wrote the material could not write the closing line into it; and the
 * same material always gives the same prompt. It has letters only: many models read each digit as a
 * token of its own.
 */
final class Fence {
  private static final int MARK_LENGTH = 6;
  private static final int LETTERS = 26;

  /** As long as the name of a file can be. */
  private static final int LONGEST_NAME = 255;

  private Fence() {}

  static String around(String name, String text) {
    String mark = mark(text);
    String heading = Characters.excerpt(name.replaceAll("[\\s\\[\\]]+", " ").strip(), LONGEST_NAME);
    return "[[begin %s %s]]\n%s\n[[end %s]]".formatted(mark, heading, text, mark);
  }

  private static String mark(String text) {
    String mark = hash(text);
    while (text.contains(mark)) {
      mark = hash(mark + text);
    }
    return mark;
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      StringBuilder letters = new StringBuilder();
      for (int i = 0; i < MARK_LENGTH; i++) {
        letters.append((char) ('a' + Byte.toUnsignedInt(digest[i]) % LETTERS));
      }
      return letters.toString();
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Expected every Java runtime to know SHA-256", impossible);
    }
  }
}
