package dev.kodo.kernel.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kodo.kernel.problem.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresFolderTest {
  @TempDir Path home;

  @Test
  void neverReplacesAFolderThatMayHoldADatabase() throws Exception {
    Path data = Files.createDirectories(home.resolve("data/postgres"));
    Path table = Files.writeString(data.resolve("16384"), "rows");
    PostgresBinaries binaries = new PostgresBinaries(home.resolve("none"));

    assertThatThrownBy(() -> new PostgresFolder(data).create(binaries, home.resolve("secret")))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("PG_VERSION");
    assertThat(table).exists();
  }
}
