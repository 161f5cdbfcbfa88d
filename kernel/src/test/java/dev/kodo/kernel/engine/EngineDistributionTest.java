package dev.kodo.kernel.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kodo.kernel.archive.Checksum;
import dev.kodo.kernel.problem.Problem;
import dev.kodo.kernel.problem.ProblemCode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineDistributionTest {
  @TempDir Path cache;

  private final List<String> progress = new ArrayList<>();

  @Test
  void unpacksAVerifiedArchiveOnce() throws IOException {
    byte[] archive = archive("engine-1/bin/broker");
    EngineRelease release = release(checksum(archive));

    EngineDistribution first = obtain(release, archive);
    EngineDistribution second =
        EngineDistribution.obtain(
            release,
            cache,
            progress::add,
            (r, f, p) -> {
              throw new IOException("Expected no second download");
            });

    assertThat(first).isEqualTo(second);
    assertThat(first.folder().resolve("bin/broker")).isExecutable();
    assertThat(progress).containsSubsequence("checking", "unpacking");
    assertThat(cache).isDirectoryNotContaining(path -> path.toString().contains(".new-"));
  }

  @Test
  void removesAnArchiveThatIsNotTheExpectedOne() throws IOException {
    byte[] archive = archive("engine-1/bin/broker");

    assertThatThrownBy(() -> obtain(release("0".repeat(64)), archive))
        .isInstanceOfSatisfying(
            Problem.class,
            p -> assertThat(p.code()).isEqualTo(ProblemCode.ENGINE_CHECKSUM_MISMATCH))
        .hasMessageContaining(checksum(archive));
    assertThat(cache.resolve("engine-1")).doesNotExist();
  }

  @Test
  void startsAgainAfterAnInterruptedRun() throws IOException {
    byte[] archive = archive("engine-1/bin/broker");
    EngineRelease release = release(checksum(archive));
    Path half = Files.createDirectories(cache.resolve(".engine-1.new-999999999/bin"));
    assertThatThrownBy(
            () ->
                EngineDistribution.obtain(
                    release,
                    cache,
                    progress::add,
                    (r, f, p) -> {
                      Files.write(f.resolve(r.archiveName()), new byte[] {1, 2});
                      throw new IOException("interrupted");
                    }))
        .hasMessage("interrupted");

    assertThat(obtain(release, archive).folder().resolve("bin/broker")).exists();
    assertThat(half).doesNotExist();
  }

  @Test
  void refusesAnArchiveThatWritesOutsideItsFolder() throws IOException {
    byte[] archive = archive("../evil");

    assertThatThrownBy(() -> obtain(release(checksum(archive)), archive))
        .hasMessageContaining("inside the archive");
    assertThat(cache.resolve("evil")).doesNotExist();
  }

  private EngineDistribution obtain(EngineRelease release, byte[] archive) throws IOException {
    return EngineDistribution.obtain(
        release,
        cache,
        progress::add,
        (r, folder, p) -> Files.write(folder.resolve(r.archiveName()), archive));
  }

  private static EngineRelease release(String checksum) {
    return new EngineRelease("org.example", "engine", "1", checksum);
  }

  private static String checksum(byte[] archive) throws IOException {
    return Checksum.sha256(new ByteArrayInputStream(archive));
  }

  private static byte[] archive(String name) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
      byte[] content = "#!/bin/sh\n".getBytes(StandardCharsets.UTF_8);
      TarArchiveEntry entry = new TarArchiveEntry(name, true);
      entry.setSize(content.length);
      entry.setMode(0755);
      tar.putArchiveEntry(entry);
      tar.write(content);
      tar.closeArchiveEntry();
    }
    return bytes.toByteArray();
  }
}
