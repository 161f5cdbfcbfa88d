package dev.kodo.kernel.archive;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * Unpacks a tar stream into a new folder that appears under its name only when it is complete: an
 * interrupted run leaves nothing that looks finished.
 */
public final class Unpacking {
  private Unpacking() {}

  /**
   * Unpacks into {@code target}, which must not exist.
   *
   * @param inside folder of the archive that becomes the target, or empty for the archive itself
   */
  public static void tar(InputStream tar, Path target, String inside) throws IOException {
    Path temp = WorkFolder.beside(target);
    Files.createDirectories(temp);
    try {
      entries(new TarArchiveInputStream(new BufferedInputStream(tar, 1 << 16)), temp);
      publish(inside.isEmpty() ? temp : temp.resolve(inside), target);
    } finally {
      FolderRemoval.remove(temp);
    }
  }

  /** Another run may have been faster: then its folder is as good as this one. */
  private static void publish(Path complete, Path target) throws IOException {
    try {
      Files.move(complete, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException | java.nio.file.DirectoryNotEmptyException e) {
      if (!Files.isDirectory(target)) {
        throw e;
      }
    }
  }

  private static void entries(TarArchiveInputStream tar, Path folder) throws IOException {
    for (TarArchiveEntry e = tar.getNextEntry(); e != null; e = tar.getNextEntry()) {
      Path path = folder.resolve(e.getName()).normalize();
      if (!path.startsWith(folder)) {
        throw new IOException("Expected only paths inside the archive, but got " + e.getName());
      }
      if (e.isDirectory()) {
        Files.createDirectories(path);
        continue;
      }
      Files.createDirectories(java.util.Objects.requireNonNull(path.getParent()));
      if (e.isSymbolicLink()) {
        link(folder, path, e.getLinkName());
      } else {
        Files.copy(tar, path, StandardCopyOption.REPLACE_EXISTING);
        Files.setPosixFilePermissions(path, mode((e.getMode() & 0100) != 0));
      }
    }
  }

  private static void link(Path folder, Path path, String to) throws IOException {
    if (!path.resolveSibling(to).normalize().startsWith(folder)) {
      throw new IOException("Expected only links inside the archive, but got " + to);
    }
    Files.deleteIfExists(path);
    Files.createSymbolicLink(path, Path.of(to));
  }

  private static Set<PosixFilePermission> mode(boolean executable) {
    return PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--");
  }
}
