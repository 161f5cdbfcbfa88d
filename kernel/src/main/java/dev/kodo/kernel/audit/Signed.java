package dev.kodo.kernel.audit;

import java.util.Arrays;
import java.util.Base64;

/** The bytes of a signature. */
final class Signed {
  private final byte[] bytes;

  Signed(byte[] bytes) {
    this.bytes = bytes.clone();
  }

  static Signed parse(String base64) {
    return new Signed(Base64.getDecoder().decode(base64));
  }

  byte[] bytes() {
    return bytes.clone();
  }

  String base64() {
    return Base64.getEncoder().encodeToString(bytes);
  }

  @Override
  public boolean equals(@org.jspecify.annotations.Nullable Object other) {
    return other instanceof Signed signed && Arrays.equals(bytes, signed.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }
}
