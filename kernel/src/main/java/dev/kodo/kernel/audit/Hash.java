package dev.kodo.kernel.audit;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** The 32 bytes of a SHA-256. */
public final class Hash {
  static final int BYTES = 32;

  /** What stands before the first entry. */
  static final Hash NONE = new Hash(new byte[BYTES]);

  private final byte[] bytes;

  private Hash(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The hash of a content. */
  public static Hash of(byte[] content) {
    return new Hash(sha256().digest(content));
  }

  /**
   * A hash that is already known.
   *
   * @throws IllegalArgumentException when it is not 32 bytes long
   */
  public static Hash known(byte[] hash) {
    if (hash.length != BYTES) {
      throw new IllegalArgumentException("Expected 32 bytes, but got " + hash.length);
    }
    return new Hash(hash.clone());
  }

  /**
   * A hash from its 64 hex digits.
   *
   * @throws IllegalArgumentException for any other text
   */
  public static Hash parse(String hex) {
    return known(HexFormat.of().parseHex(hex));
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Expected every JDK to know SHA-256", e);
    }
  }

  /** A copy. */
  public byte[] bytes() {
    return bytes.clone();
  }

  public String hex() {
    return HexFormat.of().formatHex(bytes);
  }

  @Override
  public boolean equals(@org.jspecify.annotations.Nullable Object other) {
    return other instanceof Hash hash && Arrays.equals(bytes, hash.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return hex();
  }
}
