package dev.kodo.kernel.part;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartLogTest {
  @TempDir Path folder;

  @Test
  void emptiesALogInPlaceWhenItIsTooLargeAndKeepsOneOlderFile() throws IOException {
    Path log = Files.writeString(folder.resolve("a.log"), "x".repeat(50) + "\n");

    PartLog.rotate(log, 100);
    assertThat(log).hasSize(51);

    Files.writeString(log, "y".repeat(60), StandardOpenOption.APPEND);
    PartLog.rotate(log, 100);

    assertThat(log).isEmptyFile();
    assertThat(folder.resolve("a.log.1")).hasSize(111);
  }

  @Test
  void showsTheLastLines() throws IOException {
    Path log = Files.writeString(folder.resolve("a.log"), "one\ntwo\nthree\n");

    assertThat(PartLog.tail(log, 2)).containsExactly("two", "three");
    assertThat(PartLog.tail(folder.resolve("none.log"), 2)).isEmpty();
  }
}
