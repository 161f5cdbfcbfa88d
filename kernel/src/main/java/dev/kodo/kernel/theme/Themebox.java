package dev.kodo.kernel.theme;

import dev.kodo.kernel.problem.Problem;
import dev.kodo.kernel.problem.ProblemCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** The folder {@code <workspace>/<agent>/themebox} that the agent takes its themes from. */
public record Themebox(Path workspace, String agent) {

  /**
   * Adds a theme as a new file; works also while nothing runs. Never replaces a file: a taken name
   * gets a number.
   *
   * @param wish for the file's name, made safe here
   */
  public Path add(ThemeText text, String wish) {
    try {
      Path folder = folder();
      Path temp = folder.resolve("draft.new-" + UUID.randomUUID() + ".tmp");
      try {
        write(temp, text);
        return publish(temp, folder, ThemeName.of(wish));
      } finally {
        Files.deleteIfExists(temp);
      }
    } catch (IOException e) {
      throw new Problem(
          ProblemCode.HOME_UNWRITABLE,
          "Expected to write the theme into " + path() + ", but: " + reason(e) + ".",
          ProblemCode.HOME_UNWRITABLE.next(),
          e);
    }
  }

  private Path path() {
    return workspace.resolve(agent).resolve("themebox");
  }

  private Path folder() throws IOException {
    Files.createDirectories(workspace);
    Path folder = path();
    requireInside(workspace.resolve(agent));
    requireInside(folder);
    return Files.createDirectories(folder);
  }

  /** A link in place of the folder would lead the theme out of the workspace. */
  private void requireInside(Path folder) throws IOException {
    if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)
        && !folder.toRealPath().startsWith(workspace.toRealPath())) {
      throw new Problem(
          ProblemCode.THEME_REJECTED,
          "Expected " + folder + " to lie inside the workspace, but it is a link out of it.",
          "Replace the link by a folder.");
    }
  }

  /** The folder is the agent's as well: a link that it laid under this name is not followed. */
  private static void write(Path temp, ThemeText text) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            temp,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.text().getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  /** A hard link appears at once with all its content and fails when the name is taken. */
  private static Path publish(Path temp, Path folder, String name) throws IOException {
    for (int number = 1; ; number++) {
      Path file = folder.resolve(numbered(name, number));
      if (!isTaken(file) && appears(temp, file, Files::createLink)) {
        return file;
      }
    }
  }

  private static String numbered(String name, int number) {
    int dot = name.lastIndexOf('.');
    return number == 1 ? name : name.substring(0, dot) + "-" + number + name.substring(dot);
  }

  /** A theme that was taken already keeps its name with a word in front. */
  private static boolean isTaken(Path file) {
    Path processed = file.resolveSibling("processed." + file.getFileName());
    return Files.exists(processed, LinkOption.NOFOLLOW_LINKS);
  }

  /** How a second name is given to a file. */
  interface Linking {
    void link(Path newName, Path existing) throws IOException;
  }

  /** Returns false when the name is taken. */
  static boolean appears(Path temp, Path file, Linking linking) throws IOException {
    try {
      linking.link(file, temp);
      return true;
    } catch (FileAlreadyExistsException taken) {
      return false;
    } catch (FileSystemException | UnsupportedOperationException noLinks) {
      return moves(temp, file);
    }
  }

  /** For file systems without hard links: FAT, some network shares. */
  private static boolean moves(Path temp, Path file) throws IOException {
    try {
      Files.move(temp, file);
      return true;
    } catch (FileAlreadyExistsException taken) {
      return false;
    }
  }

  private static String reason(IOException e) {
    return e instanceof java.nio.file.AccessDeniedException
        ? "writing is not permitted"
        : String.valueOf(e.getMessage());
  }
}
