package dev.kodo.workspace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Objects;

/**
 * Changes of the file tree that are either there or not there after a crash, power loss included.
 */
final class DurableFiles {
  /** Names of files that are being written; a crash can leave one behind. */
  static final String UNFINISHED = ".kodo-*.tmp";

  private static final String TEMPORARY = ".kodo-" + ProcessHandle.current().pid() + ".tmp";

  private DurableFiles() {}

  /** Replaces or creates {@code file} in one step. Leaves it alone when it has this content. */
  static void write(Path file, byte[] content) throws IOException {
    if (hasContent(file, content)) {
      return;
    }
    if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileAlreadyExistsException(file.toString(), null, "Is a directory");
    }
    Path folder = parent(file);
    createFolders(folder);
    Path temporary = folder.resolve(TEMPORARY);
    Files.deleteIfExists(temporary);
    try {
      fill(temporary, content);
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      removeQuietly(temporary, e);
      throw e;
    }
    sync(folder);
  }

  static void move(Path from, Path to) throws IOException {
    createFolders(parent(to));
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    sync(parent(to));
    sync(parent(from));
  }

  static void createFolders(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    createFolders(parent(folder));
    try {
      Files.createDirectory(folder);
    } catch (FileAlreadyExistsException createdMeanwhile) {
      if (!Files.isDirectory(folder)) {
        throw createdMeanwhile;
      }
    }
    sync(parent(folder));
  }

  static void remove(Path file) throws IOException {
    if (Files.deleteIfExists(file)) {
      sync(parent(file));
    }
  }

  private static boolean hasContent(Path file, byte[] content) throws IOException {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        && Files.size(file) == content.length
        && Arrays.equals(Files.readAllBytes(file), content);
  }

  private static void fill(Path file, byte[] content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer left = ByteBuffer.wrap(content);
      while (left.hasRemaining()) {
        channel.write(left);
      }
      channel.force(true);
    }
  }

  private static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static void removeQuietly(Path temporary, IOException reason) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException alsoFailed) {
      reason.addSuppressed(alsoFailed);
    }
  }

  private static Path parent(Path path) {
    return Objects.requireNonNull(path.getParent(), () -> "Expected a folder above " + path);
  }
}
