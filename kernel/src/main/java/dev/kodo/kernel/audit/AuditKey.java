package dev.kodo.kernel.audit;

import dev.kodo.kernel.home.AtomicFile;
import dev.kodo.kernel.problem.Problem;
import dev.kodo.kernel.problem.ProblemCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;

/** The key that signs for the log: Ed25519, in a file that only the owner can read. */
public final class AuditKey {
  static final String PRIVATE = "PRIVATE KEY";
  private static final String SECRET = "audit-key";

  private final PrivateKey key;
  private final AuditPublicKey publicKey;

  private AuditKey(PrivateKey key, AuditPublicKey publicKey) {
    this.key = key;
    this.publicKey = publicKey;
  }

  /**
   * Reads the key, or makes one when neither half exists yet.
   *
   * @throws Problem when one half is missing or does not fit the other: a new key would make all
   *     earlier signatures worthless
   */
  public static AuditKey obtain(Path secrets, AuditFolder folder) throws IOException {
    Path file = secrets.resolve(SECRET);
    if (!Files.exists(file) && !Files.exists(folder.publicKey())) {
      create(file, folder);
    }
    if (!Files.exists(file) || !Files.exists(folder.publicKey())) {
      throw unusable(
          "both halves of the audit log's key, but "
              + (Files.exists(file) ? folder.publicKey() : file)
              + " is missing");
    }
    return read(file, folder);
  }

  private static void create(Path file, AuditFolder folder) throws IOException {
    try {
      KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      AtomicFile.writeSecret(file, Pem.text(PRIVATE, pair.getPrivate().getEncoded()));
      AtomicFile.write(
          folder.publicKey(), Pem.text(AuditPublicKey.PUBLIC, pair.getPublic().getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Expected every JDK to know Ed25519", e);
    }
  }

  private static AuditKey read(Path file, AuditFolder folder) throws IOException {
    try {
      PrivateKey key =
          KeyFactory.getInstance("Ed25519")
              .generatePrivate(new PKCS8EncodedKeySpec(Pem.bytes(PRIVATE, Files.readString(file))));
      AuditKey pair = new AuditKey(key, AuditPublicKey.read(folder.publicKey()));
      byte[] probe = CanonicalForm.of("kodo-audit-key-probe").bytes();
      if (!pair.publicKey.verifies(probe, pair.sign(probe))) {
        throw unusable(file + " and " + folder.publicKey() + " to be one key, but they are not");
      }
      return pair;
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw unusable("an Ed25519 key in " + file + ", but: " + e.getMessage());
    }
  }

  private static Problem unusable(String expectation) {
    return new Problem(ProblemCode.AUDIT_KEY_UNUSABLE, "Expected " + expectation + ".");
  }

  AuditPublicKey publicKey() {
    return publicKey;
  }

  byte[] sign(byte[] statement) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(key);
      signature.update(statement);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Expected a checked key to sign", e);
    }
  }
}
