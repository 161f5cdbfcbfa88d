package dev.kodo.routine;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;

/**
 * A pattern for paths in the workspace, such as {@code projects/**.csv}, with the signs of {@link
 * java.nio.file.FileSystem#getPathMatcher}.
 */
public final class Glob {
  private final String text;
  private final PathMatcher matcher;

  private Glob(String text) {
    this.text = text;
    this.matcher = FileSystems.getDefault().getPathMatcher("glob:" + text);
  }

  /**
   * Reads a pattern.
   *
   * @throws IllegalArgumentException when it is none, or leads out of the workspace
   */
  static Glob parse(String text) {
    if (text.isBlank()
        || text.startsWith("/")
        || text.contains("\\")
        || text.chars().anyMatch(Character::isISOControl)
        || text.contains("..")) {
      throw new IllegalArgumentException("Expected a pattern below the workspace");
    }
    return new Glob(text);
  }

  public String text() {
    return text;
  }

  boolean matches(String path) {
    return matcher.matches(Path.of(path));
  }

  /** The folder below which every path that matches lies; empty for the workspace itself. */
  String folder() {
    int sign = text.length();
    for (char special : new char[] {'*', '?', '[', '{'}) {
      int at = text.indexOf(special);
      sign = at >= 0 ? Math.min(sign, at) : sign;
    }
    int slash = text.lastIndexOf('/', sign);
    return slash < 0 ? "" : text.substring(0, slash);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Glob glob && glob.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }
}
