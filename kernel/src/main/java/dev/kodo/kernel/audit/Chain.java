package dev.kodo.kernel.audit;

import java.time.Instant;

/** The end of the log, where the next entry is attached. Not safe for several threads. */
final class Chain {
  private final MerkleTree open = new MerkleTree();
  private long firstOpen;
  private long next;
  private Hash last;

  /**
   * A chain whose entries are all sealed.
   *
   * @param next number of the next entry
   * @param last hash of the entry before
   */
  Chain(long next, Hash last) {
    this.next = next;
    this.firstOpen = next;
    this.last = last;
  }

  /** Takes note of an entry that the database already holds and no checkpoint covers. */
  void found(long seq, Hash hash) {
    if (open.size() == 0) {
      firstOpen = seq;
    }
    open.add(hash);
    last = hash;
    next = seq + 1;
  }

  /** Numbers are never used twice: what was lost stays a gap that everybody sees. */
  void skipTo(long seq) {
    next = Math.max(next, seq);
  }

  AuditEntry attach(AuditEvent event, Instant now) {
    AuditEntry entry = AuditEntry.of(next, now, event, last);
    found(entry.seq(), entry.hash());
    return entry;
  }

  /** Signs for the entries since the last seal; only when there are any. */
  Checkpoint seal(AuditKey key, Instant now) {
    Checkpoint checkpoint = Checkpoint.sign(key, firstOpen, next - 1, open.root(), last, now);
    open.clear();
    return checkpoint;
  }

  /** Says how far the log has come. */
  void tell(HeadKeeper heads) {
    heads.note(next - 1, last);
  }

  /** How far the log has come. */
  Tip tip() {
    return new Tip(next - 1, last);
  }

  int unsealed() {
    return open.size();
  }

  long next() {
    return next;
  }
}
