package dev.kodo.kernel.home;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Random words that the parts share, each in a file of its own that only the owner can read. */
public final class Secrets {
  private static final int BYTES = 24;

  private final Path folder;
  private final RandomGenerator random;

  public Secrets(Path folder, RandomGenerator random) {
    this.folder = folder;
    this.random = random;
  }

  /** Reads the secret, or creates it on the first call. */
  public String obtain(String name) throws IOException {
    Optional<String> known = read(folder, name);
    if (known.isPresent()) {
      return known.get();
    }
    Files.createDirectories(folder);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    String secret = HexFormat.of().formatHex(bytes);
    AtomicFile.writeSecret(file(name), secret + "\n");
    return secret;
  }

  /** Reads a secret without creating one. */
  public static Optional<String> read(Path folder, String name) throws IOException {
    Path file = folder.resolve(name);
    return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
  }

  public Path file(String name) {
    return folder.resolve(name);
  }
}
