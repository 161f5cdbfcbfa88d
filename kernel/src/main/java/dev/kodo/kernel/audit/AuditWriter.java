package dev.kodo.kernel.audit;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that writes the log: each group of waiting events in one transaction, so that many
 * appenders share one flush of the disk.
 */
final class AuditWriter implements Runnable {
  static final int RUN = 1024;

  private final AuditSetting setting;
  private final Inbox inbox;
  private final HeadKeeper heads;
  private @Nullable Connected connected;
  private long sealBy;

  /** What the database has confirmed last to this writer, which no file has to vouch for. */
  private Tip confirmed = Tip.NONE;

  /** The database, and where the log in it ends. */
  private record Connected(Connection connection, Chain chain) {}

  AuditWriter(AuditSetting setting, Inbox inbox) {
    this.setting = setting;
    this.inbox = inbox;
    this.heads = new HeadKeeper(setting.folder(), setting.key());
  }

  /**
   * Connects and continues the log where it ends. What was found to be damaged becomes an entry of
   * its own before any other.
   */
  List<Finding> connect() throws SQLException, IOException {
    Connection connection = setting.books().locked();
    try {
      connection.setAutoCommit(true);
      ChainRecovery recovery =
          new ChainRecovery(setting.folder(), setting.key().publicKey(), confirmed);
      Chain chain = recovery.recover(connection);
      setting.books().keep();
      sealBy = dueTime();
      Connected fresh = new Connected(connection, chain);
      if (!recovery.damage().isEmpty()) {
        commit(fresh, List.of(told(recovery.damage())));
      }
      chain.tell(heads);
      heads.write();
      connected = fresh;
      return recovery.damage();
    } catch (SQLException | IOException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private static AuditEvent told(List<Finding> damage) {
    return AuditEvent.of(
            Actor.KERNEL, Kind.LOG_DAMAGE, "audit-log", damage.getFirst().damage().word())
        .with(
            Map.of("findings", Integer.toString(damage.size()), "first", damage.getFirst().text()));
  }

  @Override
  public void run() {
    heads.start();
    try {
      while (!inbox.isDrained()) {
        List<Inbox.Pending> group = inbox.take(room(), sealBy);
        if (!group.isEmpty() || isSealDue()) {
          write(group);
        }
      }
      sealAtTheEnd();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      inbox.close();
      disconnect();
      heads.close();
    }
  }

  private int room() {
    return connected == null ? RUN : Math.max(1, RUN - connected.chain().unsealed());
  }

  private boolean isSealDue() {
    return System.nanoTime() - sealBy >= 0;
  }

  private long dueTime() {
    return System.nanoTime() + setting.sealAfter().toNanos();
  }

  private void write(List<Inbox.Pending> group) {
    try {
      if (connected == null) {
        connect();
      }
      Connected now = java.util.Objects.requireNonNull(connected);
      if (now.chain().unsealed() == 0) {
        sealBy = dueTime();
      }
      if (group.isEmpty() && now.chain().unsealed() == 0) {
        return;
      }
      commit(now, group.stream().map(Inbox.Pending::event).toList());
      group.forEach(pending -> pending.durable().complete(null));
      now.chain().tell(heads);
    } catch (SQLException | IOException | RuntimeException e) {
      disconnect();
      setting.books().look(e);
      sealBy = dueTime();
      group.forEach(
          pending ->
              pending
                  .durable()
                  .completeExceptionally(
                      new AuditUnavailable(
                          "Expected to write to the audit log, but: " + e.getMessage(), e)));
    }
  }

  /** The chain is ahead of the database until this returns; after a failure it is read again. */
  private void commit(Connected now, List<AuditEvent> events) throws SQLException, IOException {
    Instant at = setting.clock().instant();
    List<AuditEntry> entries = new ArrayList<>();
    for (AuditEvent event : events) {
      entries.add(now.chain().attach(event, at));
    }
    boolean seal = now.chain().unsealed() >= RUN || (now.chain().unsealed() > 0 && isSealDue());
    Checkpoint checkpoint = seal ? now.chain().seal(setting.key(), at) : null;
    new AuditStore(now.connection()).append(entries, checkpoint);
    confirmed = now.chain().tip();
    if (checkpoint != null) {
      setting.folder().append(checkpoint);
      sealBy = dueTime();
    }
  }

  private void sealAtTheEnd() {
    if (connected != null && connected.chain().unsealed() > 0) {
      sealBy = System.nanoTime();
      write(List.of());
    }
  }

  /** What a commit did whose answer never came is found out by {@link #connect}. */
  private void disconnect() {
    Connected last = connected;
    connected = null;
    if (last != null) {
      try {
        last.connection().close();
      } catch (SQLException alreadyGone) {
        // There is nothing left to close.
      }
    }
  }
}
