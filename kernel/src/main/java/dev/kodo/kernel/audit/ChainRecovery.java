package dev.kodo.kernel.audit;

import dev.kodo.kernel.problem.Problem;
import dev.kodo.kernel.problem.ProblemCode;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the end of the log again and compares it with what the kernel signed before: the entries
 * since the last checkpoint one by one, all others by that checkpoint.
 */
final class ChainRecovery {
  private final AuditFolder folder;
  private final AuditPublicKey key;
  private final Tip confirmed;
  private final List<Finding> damage = new ArrayList<>();
  private @Nullable Head head;

  /**
   * A recovery.
   *
   * @param confirmed how far this kernel itself knows that the log had come
   */
  ChainRecovery(AuditFolder folder, AuditPublicKey key, Tip confirmed) {
    this.folder = folder;
    this.key = key;
    this.confirmed = confirmed;
  }

  /** What {@link #recover} found to be wrong. */
  List<Finding> damage() {
    return List.copyOf(damage);
  }

  /** The same comparison beside a running kernel. Changes nothing. */
  TailReport look(Connection connection) throws SQLException, IOException {
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    connection.setAutoCommit(false);
    // The files first, as in a verification: the database can only be ahead of them.
    CheckpointFile file = CheckpointFile.read(folder, key);
    head = readHead(!Files.exists(folder.head()) && file.checkpoints().isEmpty());
    Chain chain = compare(connection, file, signed(CheckpointTable.after(connection, 0)));
    return new TailReport(chain.unsealed() + (chain.next() > 1 ? 1 : 0), damage);
  }

  Chain recover(Connection connection) throws SQLException, IOException {
    connection.setAutoCommit(true);
    folder.dropTornLine();
    CheckpointFile file = CheckpointFile.read(folder, key);
    List<Checkpoint> found = CheckpointTable.after(connection, 0);
    List<Checkpoint> stored = signed(found);
    requireOwn(found, stored, file);
    head = readHead(isUnused(connection));
    Chain chain = compare(connection, file, stored);
    for (Checkpoint checkpoint : stored) {
      if (checkpoint.lastSeq() > file.lastSeq()) {
        folder.append(checkpoint); // A crash came between the database and the file.
      }
    }
    return chain;
  }

  /** A home that has signed nothing yet cannot continue a log that somebody else has signed. */
  private void requireOwn(List<Checkpoint> found, List<Checkpoint> own, CheckpointFile file) {
    boolean signedNothing = file.checkpoints().isEmpty() && !Files.exists(folder.head());
    if (!found.isEmpty() && own.isEmpty() && signedNothing) {
      throw new Problem(
          ProblemCode.BOOKS_OF_ANOTHER,
          "Expected the books of this home in the database, but they are signed with another home's"
              + " key.");
    }
  }

  private Chain compare(Connection connection, CheckpointFile file, List<Checkpoint> stored)
      throws SQLException {
    damage.addAll(file.damage());
    Checkpoint base = stored.isEmpty() ? null : stored.getLast();
    Chain chain = follow(connection, base);
    compareEnds(chain, file.lastSeq(), base == null ? 0 : base.lastSeq());
    return chain;
  }

  private List<Checkpoint> signed(List<Checkpoint> stored) {
    List<Checkpoint> good = new ArrayList<>();
    for (Checkpoint checkpoint : stored) {
      if (checkpoint.isSignedBy(key)) {
        good.add(checkpoint);
      } else {
        damage.add(CheckpointComparison.altered(checkpoint));
      }
    }
    return good;
  }

  /** From the last entry that is covered by a checkpoint to the end. */
  private Chain follow(Connection connection, @Nullable Checkpoint base) throws SQLException {
    long sealed = base == null ? 0 : base.lastSeq();
    Hash hash = base == null ? Hash.NONE : base.hashOfLast();
    Chain chain = new Chain(sealed + 1, hash);
    ChainCheck check = new ChainCheck(sealed, hash, damage::add);
    ChainStream.read(
        connection,
        sealed,
        row -> {
          compareWithHead(row);
          if (row.seq() > sealed) {
            check.next(row);
            chain.found(row.seq(), Hash.known(row.hash()));
          } else if (!Hash.known(row.hash()).equals(hash)) {
            damage.add(SealCheck.rewritten(sealed, sealed));
          }
        });
    return chain;
  }

  private void compareWithHead(ChainRow row) {
    Head signed = head;
    boolean notTheSigned =
        signed != null
            && row.seq() == signed.seq()
            && !Hash.known(row.hash()).equals(signed.hash());
    boolean notTheConfirmed =
        row.seq() == confirmed.seq() && !Hash.known(row.hash()).equals(confirmed.hash());
    if (notTheSigned || notTheConfirmed) {
      damage.add(SealCheck.rewritten(row.seq(), row.seq()));
    }
  }

  /** Numbers are never used twice: what was lost stays a gap that everybody can see. */
  private void compareEnds(Chain chain, long lastInFile, long lastInTable) {
    Head signed = head;
    long promised =
        Math.max(confirmed.seq(), Math.max(signed == null ? 0 : signed.seq(), lastInFile));
    if (promised >= chain.next()) {
      damage.add(ChainCheck.missing(chain.next(), promised));
    } else if (lastInFile > lastInTable) {
      damage.add(CheckpointComparison.missing(lastInFile));
    }
    chain.skipTo(promised + 1);
  }

  /** Only a log that never had an entry may be without a head: opening it writes the first. */
  private boolean isUnused(Connection connection) throws SQLException, IOException {
    try (Statement statement = connection.createStatement();
        ResultSet entry = statement.executeQuery("select 1 from audit_entry limit 1")) {
      return !entry.next() && !Files.exists(folder.head()) && folder.checkpointLines().isEmpty();
    }
  }

  private @Nullable Head readHead(boolean unused) {
    if (unused) {
      return null;
    }
    Optional<Head> found = HeadCheck.signedHead(folder, key, damage::add);
    return found.orElse(null);
  }
}
