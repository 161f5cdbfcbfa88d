package dev.kodo.process;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A diagram, decision table or form as it lies in the installation's folder. */
@SuppressWarnings("ArrayRecordComponent") // Never compared; the engine's client takes an array.
record Resource(String name, byte[] bytes, String sha256) {
  static Resource of(String name, byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return new Resource(name, bytes, HexFormat.of().formatHex(digest));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Expected SHA-256 in every JDK", e);
    }
  }
}
