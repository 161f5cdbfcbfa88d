package dev.kodo.kernel.engine;

import dev.kodo.kernel.home.AtomicFile;
import dev.kodo.kernel.home.Secrets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;

/**
 * Opens the REST interface of an engine that people watch, for programs: Tasklist's own client, the
 * workers, the kernel. The engine checks it with a public key; the key that signed it is thrown
 * away, so there is never a second one. Whoever removes its file makes it worthless.
 *
 * @param text what stands behind {@code Authorization: Bearer}
 * @param publicKey the file with the public key
 */
public record EngineToken(String text, Path publicKey) {
  /** The name of the file with the token. */
  public static final String SECRET = "operate-token";

  /** What the token says of itself and the engine asks for. */
  static final String NAME = "kodo";

  private static final Base64.Encoder WORDS = Base64.getUrlEncoder().withoutPadding();
  private static final String BEGIN = "-----BEGIN PUBLIC KEY-----\n";
  private static final String END = "\n-----END PUBLIC KEY-----\n";

  /** Makes both files on the first call, and anew where they do not belong together. */
  public static EngineToken obtain(Path secrets) throws IOException {
    Path publicKey = secrets.resolve(SECRET + ".pub");
    try {
      Optional<String> known = read(secrets);
      if (known.isPresent() && isSigned(known.get(), publicKey)) {
        return new EngineToken(known.get(), publicKey);
      }
      KeyPair keys = keys();
      String token = signed(keys);
      AtomicFile.writeSecret(publicKey, pem(keys.getPublic()));
      AtomicFile.writeSecret(secrets.resolve(SECRET), token + "\n");
      return new EngineToken(token, publicKey);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Expected every JDK to sign with RSA", e);
    }
  }

  /** Empty when there is none yet. */
  public static Optional<String> read(Path secrets) throws IOException {
    return Secrets.read(secrets, SECRET);
  }

  private static KeyPair keys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    return generator.generateKeyPair();
  }

  private static String signed(KeyPair keys) throws GeneralSecurityException {
    String head = "{\"alg\":\"RS256\",\"typ\":\"JWT\"}";
    String claims =
        "{\"sub\":\"%1$s\",\"aud\":[\"%1$s\"],\"https://camunda.com/clusterId\":\"%1$s\"}"
            .formatted(NAME);
    String content = word(head) + "." + word(claims);
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(keys.getPrivate());
    signature.update(content.getBytes(StandardCharsets.US_ASCII));
    return content + "." + WORDS.encodeToString(signature.sign());
  }

  private static String word(String json) {
    return WORDS.encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  private static String pem(PublicKey key) {
    byte[] newline = {'\n'};
    return BEGIN + Base64.getMimeEncoder(64, newline).encodeToString(key.getEncoded()) + END;
  }

  /** False also for files that somebody shortened: then both are made anew. */
  private static boolean isSigned(String token, Path publicKey) throws IOException {
    if (!Files.exists(publicKey)) {
      return false;
    }
    int last = token.lastIndexOf('.');
    try {
      String pem = Files.readString(publicKey).replace(BEGIN, "").replace(END, "");
      PublicKey key =
          KeyFactory.getInstance("RSA")
              .generatePublic(new X509EncodedKeySpec(Base64.getMimeDecoder().decode(pem)));
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initVerify(key);
      signature.update(token.substring(0, Math.max(0, last)).getBytes(StandardCharsets.US_ASCII));
      return signature.verify(Base64.getUrlDecoder().decode(token.substring(last + 1)));
    } catch (GeneralSecurityException | IllegalArgumentException unreadable) {
      return false;
    }
  }

  @Override
  public String toString() {
    return SECRET;
  }
}
