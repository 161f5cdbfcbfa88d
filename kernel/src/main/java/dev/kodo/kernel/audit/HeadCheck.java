package dev.kodo.kernel.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.function.Consumer;

/** Compares the entries that pass by with the signed head of the log. */
final class HeadCheck {
  private final Head head;
  private final Consumer<Finding> findings;

  HeadCheck(Head head, Consumer<Finding> findings) {
    this.head = head;
    this.findings = findings;
  }

  void next(long seq, byte[] hash) {
    if (seq == head.seq() && !head.hash().equals(Hash.known(hash))) {
      findings.accept(SealCheck.rewritten(seq, seq));
    }
  }

  /** To be called after the last entry. Returns how many entries came after the head. */
  long end(long lastSeq) {
    if (head.seq() > lastSeq) {
      findings.accept(ChainCheck.missing(lastSeq + 1, head.seq()));
    }
    return Math.max(0, lastSeq - head.seq());
  }

  /** The head in the file, if the kernel signed it; otherwise a finding says what is wrong. */
  static Optional<Head> signedHead(
      AuditFolder folder, AuditPublicKey key, Consumer<Finding> findings) {
    try {
      Head head = folder.readHead();
      if (head.isSignedBy(key)) {
        return Optional.of(head);
      }
      findings.accept(unusable(folder, "was not signed by the kernel"));
    } catch (IOException e) {
      findings.accept(
          unusable(folder, Files.exists(folder.head()) ? "cannot be read" : "is missing"));
    }
    return Optional.empty();
  }

  private static Finding unusable(AuditFolder folder, String why) {
    return Finding.ofFile(
        Damage.HEAD_UNUSABLE, "The signed head of the log, " + folder.head() + ", " + why + ".");
  }
}
