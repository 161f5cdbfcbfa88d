package dev.kodo.process;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A diagram, decision table or form as it lies in the installation's folder. */
record Resource(String name, String content) {
  byte[] bytes() {
    return content.getBytes(StandardCharsets.UTF_8);
  }

  String sha256() {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Expected SHA-256 in every JDK", e);
    }
  }
}
