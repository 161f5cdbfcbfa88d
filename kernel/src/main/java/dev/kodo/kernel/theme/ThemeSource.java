package dev.kodo.kernel.theme;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Where a theme comes from: a file, the standard input, or the words themselves. */
public record ThemeSource(ThemeText text, String name) {

  /**
   * Reads a theme from where the words say.
   *
   * @param words a file's path, {@code -} for the standard input, or the theme itself
   * @param maxSize in bytes
   */
  public static ThemeSource read(String words, InputStream input, long maxSize) {
    try {
      if (words.equals("-")) {
        byte[] bytes = input.readNBytes(limit(maxSize));
        return titled(ThemeText.of(bytes, maxSize, "the standard input"));
      }
      Path file = existing(words);
      if (file == null) {
        return titled(ThemeText.of(bytes(words), maxSize, "the given text"));
      }
      return fromFile(file, maxSize);
    } catch (IOException e) {
      throw ThemeText.rejected(
          "Expected to read " + shortened(words) + ", but: " + e.getMessage() + ".",
          "Check that the file is there and readable.");
    }
  }

  private static ThemeSource fromFile(Path file, long maxSize) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw ThemeText.rejected(
          "Expected a file, but "
              + file
              + (Files.isDirectory(file) ? " is a folder." : " is none."),
          "Give a text file, or the theme in quotation marks.");
    }
    try (InputStream stream = Files.newInputStream(file)) {
      byte[] bytes = stream.readNBytes(limit(maxSize));
      ThemeText text = ThemeText.of(bytes, maxSize, file.toString());
      return new ThemeSource(text, file.getFileName().toString());
    }
  }

  private static ThemeSource titled(ThemeText text) {
    return new ThemeSource(text, text.title());
  }

  /** A path that does not exist is text, except when it can only be meant as a path. */
  private static @org.jspecify.annotations.Nullable Path existing(String words) {
    boolean oneWord = words.chars().noneMatch(Character::isWhitespace);
    boolean pathLike =
        oneWord && (words.contains("/") || words.endsWith(".md") || words.endsWith(".txt"));
    try {
      Path path = Path.of(words);
      boolean there =
          !words.isBlank() && Files.exists(path, java.nio.file.LinkOption.NOFOLLOW_LINKS);
      if (there && !Files.exists(path)) {
        throw ThemeText.rejected(
            "Expected a file, but " + words + " is a link to nothing.", "Correct the link.");
      }
      if (!there && pathLike) {
        throw ThemeText.rejected(
            "Expected a file, but there is no " + shortened(words) + ".",
            "Check the path; a theme in words needs at least two of them.");
      }
      return there ? path : null;
    } catch (InvalidPathException noPath) {
      return null;
    }
  }

  private static byte[] bytes(String words) {
    return words.getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }

  private static int limit(long maxSize) {
    return (int) Math.min(Integer.MAX_VALUE - 8, maxSize + 1);
  }

  private static String shortened(String words) {
    return words.length() <= 80 ? words : words.substring(0, 80) + "…";
  }
}
