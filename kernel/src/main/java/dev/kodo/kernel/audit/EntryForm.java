package dev.kodo.kernel.audit;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.util.List;

/** The bytes of an entry: what is hashed, and the row that PostgreSQL reads and writes. */
final class EntryForm {
  static final int FIELDS = 12;

  /** The order of the fields is part of the hash and never changes. */
  static final String COLUMNS =
      "seq, at, actor, kind, agent_id, heartbeat_id, subject, outcome, digest, detail,"
          + " previous_hash, hash";

  /** The 19 bytes before the first row: a signature, no flags, no extension. */
  private static final byte[] COPY_HEADER = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
  };

  private static final byte[] COPY_TRAILER = {(byte) 0xff, (byte) 0xff};

  private static final byte[] PURPOSE = CanonicalForm.of("kodo-audit-entry-1").bytes();

  private EntryForm() {}

  /** Every field but the last, the hash itself. */
  static byte[] hashed(AuditEntry entry) {
    Hash digest = entry.digest();
    return new CanonicalForm()
        .put(entry.seq())
        .put(entry.at())
        .put(entry.actor())
        .put(entry.kind())
        .put(entry.agentId())
        .put(entry.heartbeatId())
        .put(entry.subject())
        .put(entry.outcome())
        .put(digest == null ? null : digest.bytes())
        .put(entry.detail())
        .put(entry.previousHash())
        .bytes();
  }

  static Hash hash(byte[] hashedFields) {
    MessageDigest sha256 = Hash.sha256();
    sha256.update(PURPOSE);
    return Hash.known(sha256.digest(hashedFields));
  }

  /**
   * The same for a row as PostgreSQL sent it: its bytes from the first field to the last hashed.
   */
  static byte[] hash(MessageDigest sha256, byte[] row, int start, int end) {
    sha256.update(PURPOSE);
    sha256.update(row, start, end - start);
    return sha256.digest();
  }

  /** What COPY in binary format takes for these entries. */
  static byte[] copyOf(List<AuditEntry> entries) {
    ByteArrayOutputStream rows = new ByteArrayOutputStream(512 * (entries.size() + 1));
    rows.writeBytes(COPY_HEADER);
    for (AuditEntry entry : entries) {
      rows.writeBytes(new byte[] {0, FIELDS});
      rows.writeBytes(hashed(entry));
      rows.writeBytes(new CanonicalForm().put(entry.hash()).bytes());
    }
    rows.writeBytes(COPY_TRAILER);
    return rows.toByteArray();
  }

  /** Where the rows begin in the first message that COPY sends. */
  static int headerLength() {
    return COPY_HEADER.length;
  }
}
