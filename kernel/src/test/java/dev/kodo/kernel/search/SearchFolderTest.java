package dev.kodo.kernel.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchFolderTest {
  private static final Duration WEEK = Duration.ofDays(7);

  @TempDir Path data;

  @Test
  void isNeitherWatchedNorOldBeforeOperateRan() throws IOException {
    SearchFolder folder = folder();

    assertThat(folder.isWatched()).isFalse();
    assertThat(folder.isOlderThan(WEEK, after(Duration.ofDays(100)))).isFalse();
  }

  @Test
  void growsOldWhenOperateDoesNotComeBack() throws IOException {
    SearchFolder folder = folder();
    folder.used();

    assertThat(folder.isWatched()).isTrue();
    assertThat(folder.isOlderThan(WEEK, after(Duration.ofDays(6)))).isFalse();
    assertThat(folder.isOlderThan(WEEK, after(Duration.ofDays(8)))).isTrue();

    folder.remove();
    assertThat(folder.isWatched()).isFalse();
  }

  private SearchFolder folder() throws IOException {
    return new SearchFolder(Files.createDirectories(data.resolve("search")));
  }

  private static Clock after(Duration time) {
    return Clock.offset(Clock.systemUTC(), time);
  }
}
