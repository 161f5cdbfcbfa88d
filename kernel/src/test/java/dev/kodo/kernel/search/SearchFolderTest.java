package dev.kodo.kernel.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchFolderTest {
  @TempDir Path data;
  private SearchFolder folder;

  @BeforeEach
  void make() throws IOException {
    folder = new SearchFolder(Files.createDirectories(data.resolve("search")));
    Files.writeString(folder.path().resolve("index"), "records");
  }

  @Test
  void isNotWatchedBeforeOperateRanAndMissesNothing() throws IOException {
    folder.miss();

    assertThat(folder.isWatched()).isFalse();
    assertThat(folder.beginAnew()).isFalse();
    assertThat(folder.path().resolve("index")).exists();
  }

  /** Also after a month in which nothing ran: then there is nothing to miss. */
  @Test
  void isKeptHoweverOldItIsWhileNothingWasMissed() throws IOException {
    folder.use();
    Files.setLastModifiedTime(folder.path().resolve("used"), FileTime.from(Instant.EPOCH));

    assertThat(folder.beginAnew()).isFalse();
    assertThat(folder.isWatched()).isTrue();
    assertThat(folder.path().resolve("index")).exists();
  }

  @Test
  void beginsAnewOnceTheEngineRanWithoutKeepingAnything() throws IOException {
    folder.use();
    folder.miss();
    assertThat(folder.isWatched()).as("nothing is removed before Operate is asked for").isTrue();

    assertThat(folder.beginAnew()).isTrue();

    assertThat(folder.path()).doesNotExist();
    assertThat(data).as("nothing is left beside it").isEmptyDirectory();
    assertThat(folder.beginAnew()).isFalse();
  }

  @Test
  void removesWhatARemovalThatWasCutShortLeft() throws IOException {
    Path left = Files.createDirectories(data.resolve("search.removed/nodes"));
    Files.writeString(left.resolve("index"), "old");
    folder.use();

    assertThat(folder.beginAnew()).isFalse();

    assertThat(data.resolve("search.removed")).doesNotExist();
    assertThat(folder.isWatched()).isTrue();
  }
}
