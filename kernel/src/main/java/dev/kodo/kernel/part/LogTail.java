package dev.kodo.kernel.part;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * The end of a log file as it was at one moment.
 *
 * @param lines the last finished lines
 * @param unfinished what stands behind the last line feed, mostly nothing
 * @param next where the unfinished line begins, in bytes: whoever goes on reading begins here
 */
public record LogTail(List<String> lines, String unfinished, long next) {
  private static final long FIRST_LOOK = 64L << 10;

  /** Reads as much as so many lines need; nothing when there is no file. */
  public static LogTail of(Path log, int count) {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      long end = file.length();
      for (long size = FIRST_LOOK; ; size *= 4) {
        long from = Math.max(0, end - size);
        LogTail tail = read(file, from, end);
        // The first of the lines may be cut, so it only counts at the beginning of the file.
        if (from == 0 || tail.lines.size() > count) {
          return tail.last(count);
        }
      }
    } catch (IOException none) {
      return new LogTail(List.of(), "", 0);
    }
  }

  /** What was written from a place on, up to the last line feed. */
  public static LogTail from(Path log, long place) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      return read(file, place, Math.min(file.length(), place + (1 << 20)));
    }
  }

  private static LogTail read(RandomAccessFile file, long from, long end) throws IOException {
    byte[] bytes = new byte[(int) (end - from)];
    file.seek(from);
    file.readFully(bytes);
    int finished = bytes.length;
    while (finished > 0 && bytes[finished - 1] != '\n') {
      finished--;
    }
    return new LogTail(
        new String(bytes, 0, finished, StandardCharsets.UTF_8).lines().toList(),
        new String(bytes, finished, bytes.length - finished, StandardCharsets.UTF_8),
        from + finished);
  }

  private LogTail last(int count) {
    return new LogTail(
        lines.subList(Math.max(0, lines.size() - count), lines.size()), unfinished, next);
  }
}
