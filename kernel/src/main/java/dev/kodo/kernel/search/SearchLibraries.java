package dev.kodo.kernel.search;

import dev.kodo.kernel.archive.Checksum;
import dev.kodo.kernel.archive.FolderRemoval;
import dev.kodo.kernel.archive.WorkFolder;
import dev.kodo.kernel.maven.MavenDownload;
import dev.kodo.kernel.problem.Problem;
import dev.kodo.kernel.problem.ProblemCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The search engine's libraries in the cache: fetched and verified once. */
public record SearchLibraries(Path folder) {
  private static final String NAME = "opensearch-2.19.1";
  private static final String WHAT = "the search engine (OpenSearch 2.19.1)";

  /** SHA-256 over all files, as {@code sha256sum * | sha256sum} prints it. */
  private static final String SHA256 =
      "e1a38ccda4b7f5c28e594edc3e6070bddc8614e29fe2f630301cbe92fca3e0d9";

  /** How the libraries get into a folder. */
  interface Fetch {
    void fetch(Path pom, Path folder, Consumer<String> progress) throws IOException;
  }

  /** True when {@link #obtain} has nothing to fetch. */
  public static boolean isThere(Path cache) {
    return Files.isDirectory(cache.resolve(NAME));
  }

  /** Fetches what is missing. Interrupted work is simply done again. */
  public static SearchLibraries obtain(Path cache, Consumer<String> progress) throws IOException {
    return obtain(
        SHA256,
        cache,
        progress,
        (pom, folder, listener) -> MavenDownload.libraries(WHAT, pom, folder, listener));
  }

  static SearchLibraries obtain(String expected, Path cache, Consumer<String> progress, Fetch fetch)
      throws IOException {
    Path folder = cache.resolve(NAME);
    if (!Files.isDirectory(folder)) {
      Path work = WorkFolder.beside(folder);
      try {
        Path libraries = Files.createDirectories(work.resolve("libraries"));
        fetch.fetch(pom(work), libraries, progress);
        progress.accept("checking");
        verify(expected, libraries);
        publish(libraries, folder);
      } finally {
        FolderRemoval.remove(work);
      }
    }
    return new SearchLibraries(folder);
  }

  private static Path pom(Path folder) throws IOException {
    Path pom = folder.resolve("pom.xml");
    try (InputStream stream = SearchLibraries.class.getResourceAsStream("libraries.xml")) {
      Files.copy(Objects.requireNonNull(stream), pom);
    }
    return pom;
  }

  private static void verify(String expected, Path libraries) throws IOException {
    String actual = checksum(libraries);
    if (!actual.equals(expected)) {
      throw new Problem(
          ProblemCode.ENGINE_CHECKSUM_MISMATCH,
          "Expected SHA-256 "
              + expected
              + " over all files of "
              + WHAT
              + ", but got "
              + actual
              + ". They were removed.");
    }
  }

  static String checksum(Path libraries) throws IOException {
    StringBuilder lines = new StringBuilder();
    List<Path> files;
    try (Stream<Path> all = Files.list(libraries)) {
      files = all.sorted().toList();
    }
    for (Path file : files) {
      lines.append(Checksum.sha256(Files.newInputStream(file)));
      lines.append("  ").append(file.getFileName()).append('\n');
    }
    return Checksum.sha256(
        new ByteArrayInputStream(lines.toString().getBytes(StandardCharsets.UTF_8)));
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
}
