package dev.kodo.kernel.audit;

import dev.kodo.kernel.books.GuardDatabase;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the whole log once and compares it with itself, with its checkpoints and with its signed
 * head. Works beside a running kernel: it reads one state of the database, and the files before it,
 * so that the database can only be ahead of them.
 */
final class AuditVerification {
  private static final int MOST_FINDINGS = 100;

  private final GuardDatabase database;
  private final AuditFolder folder;
  private final List<Finding> findings = new ArrayList<>();
  private long allFindings;
  private long entries;
  private @Nullable Instant firstAt;
  private @Nullable Instant lastAt;

  AuditVerification(GuardDatabase database, AuditFolder folder) {
    this.database = database;
    this.folder = folder;
  }

  /**
   * Runs once.
   *
   * @throws SQLException when the database does not answer, or the log in it has lost its form
   */
  AuditReport run() throws SQLException, IOException {
    AuditPublicKey key = publicKey();
    Head head =
        key == null ? Head.NONE : HeadCheck.signedHead(folder, key, this::report).orElse(Head.NONE);
    CheckpointFile file =
        key == null ? new CheckpointFile(List.of(), List.of()) : CheckpointFile.read(folder, key);
    try (Connection connection = database.reader()) {
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      connection.setAutoCommit(false);
      List<Checkpoint> stored = CheckpointTable.after(connection, 0);
      List<Checkpoint> trusted =
          key == null ? List.of() : CheckpointComparison.trusted(stored, file, key, this::report);
      return read(connection, head, trusted);
    }
  }

  private AuditReport read(Connection connection, Head head, List<Checkpoint> checkpoints)
      throws SQLException {
    ChainCheck chain = new ChainCheck(0, Hash.NONE, this::report);
    SealCheck seals = new SealCheck(checkpoints, this::report);
    HeadCheck heads = new HeadCheck(head, this::report);
    ChainStream.read(
        connection,
        Long.MIN_VALUE,
        row -> {
          chain.next(row);
          byte[] hash = row.hash();
          seals.next(row.seq(), hash);
          heads.next(row.seq(), hash);
          count(row);
        });
    seals.end();
    long afterHead = heads.end(chain.lastSeq());
    return new AuditReport(
        entries,
        firstAt,
        lastAt,
        checkpoints.size(),
        afterHead,
        List.copyOf(findings),
        allFindings);
  }

  private void count(ChainRow row) {
    entries++;
    if (firstAt == null) {
      firstAt = row.at();
    }
    lastAt = row.at();
  }

  private void report(Finding finding) {
    allFindings++;
    if (findings.size() < MOST_FINDINGS) {
      findings.add(finding);
    }
  }

  private @Nullable AuditPublicKey publicKey() {
    try {
      return AuditPublicKey.read(folder.publicKey());
    } catch (IOException e) {
      report(
          Finding.ofFile(
              Damage.KEY_UNUSABLE, "No signature can be checked: " + e.getMessage() + "."));
      return null;
    }
  }
}
