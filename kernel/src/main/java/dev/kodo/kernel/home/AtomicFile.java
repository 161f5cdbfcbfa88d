package dev.kodo.kernel.home;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Writes a file so that a reader, or a crash, sees the old content or the new one, never half. */
public final class AtomicFile {
  private AtomicFile() {}

  public static void write(Path file, String text) throws IOException {
    write(file, text.getBytes(StandardCharsets.UTF_8), "rw-r--r--", true);
  }

  /** Readable by the owner only. */
  public static void writeSecret(Path file, String text) throws IOException {
    write(file, text.getBytes(StandardCharsets.UTF_8), "rw-------", true);
  }

  /** For files that are written often and are worthless after a power cut: no fsync. */
  public static void writeVolatile(Path file, String text) throws IOException {
    write(file, text.getBytes(StandardCharsets.UTF_8), "rw-r--r--", false);
  }

  private static void write(Path file, byte[] bytes, String mode, boolean sync) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IOException("Expected a file, but " + file + " is a root folder");
    }
    Files.createDirectories(folder);
    Path temp = temporary(folder, file, mode);
    try {
      try (FileChannel channel = FileChannel.open(temp, StandardOpenOption.WRITE)) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        if (sync) {
          channel.force(true);
        }
      }
      Files.move(temp, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temp);
    }
  }

  private static Path temporary(Path folder, Path file, String mode) throws IOException {
    FileAttribute<?> permissions =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode));
    Path temp =
        folder.resolve(
            "."
                + file.getFileName()
                + "."
                + ProcessHandle.current().pid()
                + "."
                + Thread.currentThread().threadId()
                + ".new");
    Files.deleteIfExists(temp);
    return Files.createFile(temp, permissions);
  }
}
