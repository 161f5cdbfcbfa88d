package dev.kodo.kernel.maven;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DownloadProgressTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Progress (1): 4.1/299 MB | 1 % of 299 MB",
        "Progress (1): 150/299 MB | 50 % of 299 MB",
        "Progress (1): 299 MB/299 MB | 100 % of 299 MB",
        "Progress (1): 900 kB/299 MB | 0 % of 299 MB",
        "Progress (2): camunda-zeebe-8.6.0.tar.gz (29.9/299 MB) | 10 % of 299 MB",
        "Progress (1): 0.5/1.2 GB | 41 % of 1 GB"
      })
  void readsHowFarMavenIs(String line, String text) {
    assertThat(DownloadProgress.parse(line).map(DownloadProgress::readable)).contains(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[INFO] Copying camunda-zeebe-8.6.0.tar.gz",
        "Progress (1): 12 kB",
        "Downloading from central: https://example.org/x.pom",
        "Progress (1): 0/0 B"
      })
  void ignoresOtherLines(String line) {
    assertThat(DownloadProgress.parse(line)).isEmpty();
  }

  @Test
  void knowsSmallFilesFromTheArchive() {
    assertThat(DownloadProgress.parse("Progress (1): 2.0/4.1 kB").orElseThrow().isLarge())
        .isFalse();
    assertThat(DownloadProgress.parse("Progress (1): 2.0/299 MB").orElseThrow().isLarge()).isTrue();
  }
}
