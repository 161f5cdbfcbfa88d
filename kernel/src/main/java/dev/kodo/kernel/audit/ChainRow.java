package dev.kodo.kernel.audit;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;

/**
 * One row of the log as PostgreSQL sends it, looked at in place. A million of them pass by in one
 * verification, so nothing is taken out that is not asked for. One object serves all rows.
 */
final class ChainRow {
  private static final int AT = 1;
  private static final int PREVIOUS_HASH = 10;
  private static final int HASH = 11;

  private final MessageDigest sha256 = Hash.sha256();
  private final int[] lengthAt = new int[EntryForm.FIELDS];
  private byte[] bytes = {};
  private ByteBuffer buffer = ByteBuffer.wrap(bytes);

  /**
   * Moves on to the next row.
   *
   * @param start of the row: two bytes with the count of fields, then the fields
   * @throws IllegalArgumentException when it does not have the twelve fields of an entry
   */
  void point(byte[] message, int start) {
    bytes = message;
    buffer = ByteBuffer.wrap(message);
    if (buffer.getShort(start) != EntryForm.FIELDS) {
      throw new IllegalArgumentException("Expected a row of " + EntryForm.FIELDS + " fields");
    }
    int position = start + Short.BYTES;
    for (int i = 0; i < EntryForm.FIELDS; i++) {
      lengthAt[i] = position;
      position += Integer.BYTES + Math.max(0, buffer.getInt(position));
    }
  }

  long seq() {
    return number(0);
  }

  Instant at() {
    return CanonicalForm.time(number(AT));
  }

  /** Whether the hash in the row is that of the row. */
  boolean isIntact() {
    byte[] own = EntryForm.hash(sha256, bytes, lengthAt[0], lengthAt[HASH]);
    return holds(HASH, own);
  }

  boolean follows(byte[] hash) {
    return holds(PREVIOUS_HASH, hash);
  }

  /** The hash in the row, whether right or not; zeroes when there is none. */
  byte[] hash() {
    return length(HASH) == Hash.BYTES
        ? Arrays.copyOfRange(bytes, valueAt(HASH), valueAt(HASH) + Hash.BYTES)
        : new byte[Hash.BYTES];
  }

  private boolean holds(int field, byte[] expected) {
    int start = valueAt(field);
    return length(field) == expected.length
        && Arrays.equals(bytes, start, start + expected.length, expected, 0, expected.length);
  }

  private long number(int field) {
    return length(field) == Long.BYTES ? buffer.getLong(valueAt(field)) : 0;
  }

  private int length(int field) {
    return buffer.getInt(lengthAt[field]);
  }

  private int valueAt(int field) {
    return lengthAt[field] + Integer.BYTES;
  }
}
