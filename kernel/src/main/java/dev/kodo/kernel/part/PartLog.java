package dev.kodo.kernel.part;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
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

  /** The last lines, at most the last 64 KB. */
  public static List<String> tail(Path log, int lines) {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      long from = Math.max(0, file.length() - (64L << 10));
      byte[] bytes = new byte[(int) (file.length() - from)];
      file.seek(from);
      file.readFully(bytes);
      List<String> all = new String(bytes, StandardCharsets.UTF_8).lines().toList();
      return all.subList(Math.max(0, all.size() - lines), all.size());
    } catch (IOException none) {
      return List.of();
    }
  }
}
