package dev.kodo.kernel.guard;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Takes a key out of bytes that come in pieces, wherever the pieces are cut. What may be the
 * beginning of the key is kept back until the next piece tells. Not thread-safe.
 */
final class KeyFilter {
  private static final byte[] HIDDEN = "***".getBytes(StandardCharsets.US_ASCII);

  private final byte[] key;

  /** For each beginning of the key: how long its longest end is that begins the key as well. */
  private final int[] again;

  private int matched;

  /** An empty key is found nowhere. */
  KeyFilter(byte[] key) {
    this.key = key.clone();
    this.again = new int[key.length];
    for (int i = 1, k = 0; i < key.length; i++) {
      while (k > 0 && key[i] != key[k]) {
        k = again[k - 1];
      }
      k = key[i] == key[k] ? k + 1 : k;
      again[i] = k;
    }
  }

  /** The bytes that are known not to belong to the key, and what stands for it. */
  byte[] take(byte[] bytes, int length) {
    if (key.length == 0) {
      return Arrays.copyOf(bytes, length);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(length + matched);
    int i = 0;
    while (i < length) {
      int start = i;
      while (matched == 0 && i < length && bytes[i] != key[0]) {
        i++;
      }
      out.write(bytes, start, i - start);
      if (i < length) {
        take(bytes[i++], out);
      }
    }
    return out.toByteArray();
  }

  private void take(byte next, ByteArrayOutputStream out) {
    while (matched > 0 && key[matched] != next) {
      int keep = again[matched - 1];
      out.write(key, 0, matched - keep);
      matched = keep;
    }
    if (key[matched] != next) {
      out.write(next);
    } else if (++matched == key.length) {
      out.writeBytes(HIDDEN);
      matched = 0;
    }
  }

  /** What was kept back, when nothing comes any more. */
  byte[] rest() {
    byte[] rest = Arrays.copyOf(key, matched);
    matched = 0;
    return rest;
  }
}
