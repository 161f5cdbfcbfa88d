package dev.kodo.kernel.archive;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.util.Objects;

/**
 * Removes a folder with all it holds; links are removed, never followed. Goes from one open folder
 * to the next, so a program that puts a link in the place of a folder meanwhile leads nowhere.
 */
public final class FolderRemoval {
  private FolderRemoval() {}

  /**
   * Does nothing when there is no such folder.
   *
   * @throws IOException also when a folder became something else meanwhile
   */
  public static void remove(Path folder) throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Path absolute = folder.toAbsolutePath();
    try (DirectoryStream<Path> parent =
        Files.newDirectoryStream(Objects.requireNonNull(absolute.getParent()))) {
      if (!(parent instanceof SecureDirectoryStream<Path> secure)) {
        throw new IOException("Expected a system on which folders can be removed safely");
      }
      remove(secure, Objects.requireNonNull(absolute.getFileName()));
    }
  }

  private static void remove(SecureDirectoryStream<Path> parent, Path name) throws IOException {
    boolean isFolder =
        parent
            .getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
            .readAttributes()
            .isDirectory();
    if (!isFolder) {
      parent.deleteFile(name);
      return;
    }
    try (SecureDirectoryStream<Path> folder =
        parent.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
      for (Path entry : folder) {
        remove(folder, Objects.requireNonNull(entry.getFileName()));
      }
    }
    parent.deleteDirectory(name);
  }
}
