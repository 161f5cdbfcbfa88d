package dev.kodo.kernel.part;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A log file of bounded size. A part writes to the end of its file itself and goes on when the
 * kernel dies, so the file is copied and emptied in place instead of being renamed.
 */
public final class PartLog {
  private PartLog() {}

  /** Keeps one older file beside the log once it is larger than the limit. */
  public static void rotate(Path log, long limit) throws IOException {
    if (!Files.exists(log) || Files.size(log) <= limit) {
      return;
    }
    Path older = log.resolveSibling(log.getFileName() + ".1");
    Files.copy(log, older, StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel channel = FileChannel.open(log, StandardOpenOption.WRITE)) {
      channel.truncate(0);
    }
  }

  /** The last lines, the unfinished one included. */
  public static List<String> tail(Path log, int lines) {
    LogTail tail = LogTail.of(log, lines);
    if (tail.unfinished().isEmpty() || lines == 0) {
      return tail.lines();
    }
    List<String> all = new ArrayList<>(tail.lines());
    all.add(tail.unfinished());
    return all.subList(Math.max(0, all.size() - lines), all.size());
  }
}
