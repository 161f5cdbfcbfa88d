package dev.kodo.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Looks for a text as a thief would: in UTF-8 and UTF-16, whatever the bytes around it mean. */
final class ProcessMemory {
  private static final int BLOCK = 1 << 20;

  private ProcessMemory() {}

  /** Whether the text stands anywhere in what the process can read: heap, stacks and all else. */
  static boolean holds(ProcessHandle process, String text) throws IOException {
    Path folder = Path.of("/proc/" + process.pid());
    try (RandomAccessFile memory = new RandomAccessFile(folder.resolve("mem").toFile(), "r")) {
      for (String region : Files.readAllLines(folder.resolve("maps"))) {
        String[] words = region.split("[ -]", 4);
        // Jars and libraries are mapped from files, and searched there.
        if (words[2].startsWith("r") && !region.contains("/")) {
          long start = Long.parseUnsignedLong(words[0], 16);
          long end = Long.parseUnsignedLong(words[1], 16);
          if (holds(new Search(text), memory, start, end)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private static boolean holds(Search search, RandomAccessFile memory, long start, long end)
      throws IOException {
    byte[] block = new byte[BLOCK];
    memory.seek(start);
    for (long at = start; at < end; ) {
      int read;
      try {
        read = memory.read(block, 0, (int) Math.min(block.length, end - at));
      } catch (IOException unreadable) {
        // Pages that are reserved only, and what the system keeps to itself.
        return false;
      }
      if (read <= 0) {
        return false;
      }
      if (search.next(block, read)) {
        return true;
      }
      at += read;
    }
    return false;
  }

  /** Whether the text stands anywhere in the file. */
  static boolean holds(Path file, String text) throws IOException {
    Search search = new Search(text);
    byte[] block = new byte[BLOCK];
    try (InputStream in = Files.newInputStream(file)) {
      int read;
      while ((read = in.read(block)) > 0) {
        if (search.next(block, read)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Takes bytes in pieces, and finds the text across their ends. */
  private static final class Search {
    private final byte[] utf8;
    private final byte[] utf16;
    private byte[] kept = new byte[0];

    private Search(String text) {
      utf8 = text.getBytes(StandardCharsets.UTF_8);
      utf16 = text.getBytes(StandardCharsets.UTF_16LE);
    }

    private boolean next(byte[] piece, int length) {
      byte[] all = java.util.Arrays.copyOf(kept, kept.length + length);
      System.arraycopy(piece, 0, all, kept.length, length);
      kept = java.util.Arrays.copyOfRange(all, Math.max(0, all.length - utf16.length), all.length);
      return find(all, utf8) || find(all, utf16);
    }

    private static boolean find(byte[] block, byte[] wanted) {
      for (int start = 0; start + wanted.length <= block.length; start++) {
        int same = 0;
        while (same < wanted.length && block[start + same] == wanted[same]) {
          same++;
        }
        if (same == wanted.length) {
          return true;
        }
      }
      return false;
    }
  }
}
