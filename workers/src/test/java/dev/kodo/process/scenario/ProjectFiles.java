package dev.kodo.process.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The diagrams and forms of this repository, wherever the build was started. */
public final class ProjectFiles {
  private static final Path ROOT = root(Path.of("").toAbsolutePath());

  private ProjectFiles() {}

  public static Path processes() {
    return ROOT.resolve("processes");
  }

  public static Path forms() {
    return ROOT.resolve("forms");
  }

  /** Every file that is deployed. */
  public static List<Path> resources() {
    return Stream.of(processes(), forms())
        .flatMap(folder -> list(folder).stream())
        .filter(file -> file.toString().matches(".*\\.(bpmn|dmn|form)"))
        .toList();
  }

  private static List<Path> list(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }

  private static Path root(Path folder) {
    return Files.isDirectory(folder.resolve("processes"))
        ? folder
        : root(Objects.requireNonNull(folder.getParent(), "no folder 'processes' above"));
  }
}
