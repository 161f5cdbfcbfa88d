package dev.kodo.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.StreamSupport;

/**
 * Turns a path that somebody named into a real one below the root, or refuses it. Each component is
 * looked at: a symbolic link is followed only when it stays inside.
 */
final class Confinement {
  private static final String GIT = ".git";

  private final Path root;

  Confinement(Path root) {
    this.root = root;
  }

  /** The root itself without symbolic links. */
  Path root() {
    try {
      return root.toRealPath();
    } catch (IOException e) {
      throw Cause.of("open the workspace", root, root, e);
    }
  }

  /** Where reading or writing {@code relative} really happens; links are followed. */
  Path target(String relative) {
    return walk(relative, true);
  }

  /** The entry of that name itself: when the last component is a link, the link. */
  Path entry(String relative) {
    return walk(relative, false);
  }

  private Path walk(String relative, boolean followLast) {
    Path real = root();
    Path current = real;
    Path named = parse(relative);
    for (int i = 0; i < named.getNameCount(); i++) {
      current = current.resolve(named.getName(i));
      boolean last = i == named.getNameCount() - 1;
      if ((followLast || !last) && Files.isSymbolicLink(current)) {
        current = followed(current, relative);
      }
      if (!inside(real, current)) {
        throw outside(relative, "it leads out of the workspace through a link");
      }
    }
    return current;
  }

  private static Path followed(Path link, String relative) {
    try {
      return link.toRealPath();
    } catch (IOException leadsNowhere) {
      throw outside(relative, "it goes through a link that leads nowhere");
    }
  }

  private static Path parse(String relative) {
    Path named;
    try {
      named = Path.of(relative);
    } catch (InvalidPathException e) {
      throw outside(relative, "it is not a path: " + e.getReason());
    }
    if (relative.isBlank()) {
      throw outside(relative, "it is empty");
    }
    if (named.isAbsolute()) {
      throw outside(relative, "it is absolute");
    }
    for (Path name : named) {
      String text = name.toString();
      if (text.equals("..") || text.equals(".")) {
        throw outside(relative, "it contains '" + text + "'");
      }
      if (text.equalsIgnoreCase(GIT)) {
        throw outside(relative, "it names the folder of git");
      }
    }
    return named;
  }

  private static boolean inside(Path real, Path path) {
    return path.startsWith(real)
        && StreamSupport.stream(real.relativize(path).spliterator(), false)
            .noneMatch(name -> name.toString().equalsIgnoreCase(GIT));
  }

  private static WorkspaceException outside(String relative, String why) {
    return new WorkspaceException(
        WorkspaceException.Code.OUTSIDE,
        "Refused the path '%s': %s. Use a path below the workspace."
            .formatted(Shown.path(relative), Objects.requireNonNull(why)),
        null);
  }
}
