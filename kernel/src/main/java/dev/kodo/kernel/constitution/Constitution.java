package dev.kodo.kernel.constitution;

import dev.kodo.kernel.archive.Checksum;
import dev.kodo.kernel.problem.Problem;
import dev.kodo.kernel.problem.ProblemCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Layer 0: three laws that lead every prompt and that no part of Kodo can change. There is no
 * instance whose text was not compared with {@link #SHA256}. The build compares it too.
 */
public final class Constitution {
  /** SHA-256 of the exact bytes, in lower-case hex. */
  public static final String SHA256 =
      "3f4651e9b0241067adcbb8a9adf307c11a5def0548c0a07bb2014d4d9046e2eb";

  private static final String RESOURCE = "constitution.txt";

  private final byte[] bytes;

  private Constitution(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * The constitution that this program carries.
   *
   * @throws Problem when it is missing or is not the one that the program was built with
   */
  public static Constitution verified() {
    try (InputStream stream = Constitution.class.getResourceAsStream(RESOURCE)) {
      return verified(stream == null ? new byte[0] : stream.readAllBytes());
    } catch (IOException e) {
      throw new Problem(
          ProblemCode.CONSTITUTION_ALTERED,
          "Expected to read the constitution, but: " + e.getMessage() + ".",
          ProblemCode.CONSTITUTION_ALTERED.next(),
          e);
    }
  }

  static Constitution verified(byte[] bytes) {
    String found = sha256(bytes);
    if (!found.equals(SHA256)) {
      throw new Problem(
          ProblemCode.CONSTITUTION_ALTERED,
          "Expected a constitution with SHA-256 " + SHA256 + ", but it has " + found + ".");
    }
    return new Constitution(bytes);
  }

  /** The exact bytes, a copy. */
  public byte[] bytes() {
    return bytes.clone();
  }

  public String text() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static String sha256(byte[] bytes) {
    try {
      return Checksum.sha256(new ByteArrayInputStream(bytes));
    } catch (IOException e) {
      throw new IllegalStateException("Expected to read an array", e);
    }
  }
}
