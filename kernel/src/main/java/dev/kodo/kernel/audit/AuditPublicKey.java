package dev.kodo.kernel.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;

/** The half of the key that everybody may have, and that proves a signature. */
final class AuditPublicKey {
  static final String PUBLIC = "PUBLIC KEY";

  private final PublicKey key;

  private AuditPublicKey(PublicKey key) {
    this.key = key;
  }

  /**
   * Reads a key in PEM.
   *
   * @throws IOException when there is no file, or no Ed25519 key in it
   */
  static AuditPublicKey read(Path file) throws IOException {
    try {
      byte[] encoded = Pem.bytes(PUBLIC, Files.readString(file));
      return new AuditPublicKey(
          KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IOException("no Ed25519 key in " + file + ": " + e.getMessage(), e);
    }
  }

  boolean verifies(byte[] statement, byte[] signed) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initVerify(key);
      signature.update(statement);
      return signature.verify(signed);
    } catch (GeneralSecurityException malformed) {
      return false;
    }
  }
}
