package dev.kodo.kernel.part;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTailTest {
  @TempDir Path folder;

  private Path log;

  @BeforeEach
  void writeManyLines() throws IOException {
    log = folder.resolve("part.log");
    Files.writeString(
        log,
        IntStream.range(0, 9_000)
            .mapToObj(i -> "line %05d 蜂 and some words behind it\n".formatted(i))
            .collect(Collectors.joining()));
  }

  @Test
  void givesAsManyLinesAsWereAskedFor() {
    assertThat(PartLog.tail(log, 5_000))
        .hasSize(5_000)
        .first()
        .asString()
        .startsWith("line 04000 蜂");
    assertThat(PartLog.tail(log, 20_000)).hasSize(9_000);
    assertThat(PartLog.tail(log, 0)).isEmpty();
  }

  @Test
  void goesOnExactlyWhereItStopped() throws IOException {
    append("half of");
    LogTail tail = LogTail.of(log, 2);
    append(" it\nmore\nagain ha");

    LogTail next = LogTail.from(log, tail.next());

    assertThat(tail.lines()).hasSize(2).last().asString().startsWith("line 08999");
    assertThat(next.lines()).containsExactly("half of it", "more");
    append("lf\n");
    assertThat(LogTail.from(log, next.next()).lines()).containsExactly("again half");
  }

  @Test
  void showsTheLastWordsOfAPartThatDidNotFinishItsLine() throws IOException {
    append("out of mem");

    assertThat(PartLog.tail(log, 1)).containsExactly("out of mem");
  }

  private void append(String text) throws IOException {
    Files.writeString(log, text, StandardOpenOption.APPEND);
  }
}
