package dev.kodo.kernel.engine;

import dev.kodo.kernel.archive.Checksum;
import dev.kodo.kernel.archive.FolderRemoval;
import dev.kodo.kernel.archive.Unpacking;
import dev.kodo.kernel.archive.WorkFolder;
import dev.kodo.kernel.maven.MavenDownload;
import dev.kodo.kernel.problem.Problem;
import dev.kodo.kernel.problem.ProblemCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;

/** The engine's programs in the cache: fetched, verified and unpacked once. */
public record EngineDistribution(Path folder) {

  /** What the reader must know before the engine is fetched. */
  public static final String LICENCE_NOTE =
      """
      Licence: the engine (Camunda 8.6) is fetched now from its publisher's artifact, at your command. Kodo ships none of it.
      It is under the Camunda License: free for non-production use; for production you need a licence from Camunda.
      """;

  /** True when {@link #obtain} has nothing to fetch. */
  public static boolean isThere(Path cache) {
    return Files.isDirectory(cache.resolve(EngineRelease.PINNED.folderName()));
  }

  /** Fetches and unpacks what is missing. Interrupted work is simply done again. */
  public static EngineDistribution obtain(Path cache, Consumer<String> progress)
      throws IOException {
    return obtain(
        EngineRelease.PINNED,
        cache,
        progress,
        (release, folder, listener) ->
            MavenDownload.artifact(release.coordinates(), folder, listener));
  }

  /** How an archive gets into a folder. */
  interface Fetch {
    void fetch(EngineRelease release, Path folder, Consumer<String> progress) throws IOException;
  }

  static EngineDistribution obtain(
      EngineRelease release, Path cache, Consumer<String> progress, Fetch fetch)
      throws IOException {
    Path folder = cache.resolve(release.folderName());
    if (!Files.isDirectory(folder)) {
      Path download = WorkFolder.beside(cache.resolve("download"));
      Files.createDirectories(download);
      fetch.fetch(release, download, progress);
      Path archive = download.resolve(release.archiveName());
      progress.accept("checking");
      verify(release, archive);
      progress.accept("unpacking");
      try (InputStream tar = new GZIPInputStream(Files.newInputStream(archive), 1 << 16)) {
        Unpacking.tar(tar, folder, release.folderName());
      }
      FolderRemoval.remove(download);
    }
    return new EngineDistribution(folder);
  }

  private static void verify(EngineRelease release, Path archive) throws IOException {
    String actual = Checksum.sha256(Files.newInputStream(archive));
    if (!actual.equals(release.sha256())) {
      Files.delete(archive);
      throw new Problem(
          ProblemCode.ENGINE_CHECKSUM_MISMATCH,
          "Expected SHA-256 "
              + release.sha256()
              + " of "
              + archive.getFileName()
              + ", but got "
              + actual
              + ". The file was removed.");
    }
  }
}
