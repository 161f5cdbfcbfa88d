package dev.kodo.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The files of this repository as text, for tests that compare one of them with another. */
public final class SourceTree {
  private final Path root;

  private SourceTree(Path root) {
    this.root = root;
  }

  /** Looks upwards from the folder in which Maven runs the tests. */
  public static SourceTree find() {
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      if (Files.exists(folder.resolve("docker-compose.yml"))) {
        return new SourceTree(folder);
      }
    }
    throw new IllegalStateException(
        "Expected docker-compose.yml in or above " + Path.of("").toAbsolutePath());
  }

  public String read(String path) {
    return read(root.resolve(path));
  }

  /** All Java files under {@code folder}, one after the other. */
  public String readJava(String folder) {
    try (Stream<Path> files = Files.walk(root.resolve(folder))) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .sorted()
          .map(SourceTree::read)
          .collect(Collectors.joining("\n"));
    } catch (IOException e) {
      throw new UncheckedIOException("Expected Java files in " + folder, e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("Expected a readable text file " + file, e);
    }
  }
}
