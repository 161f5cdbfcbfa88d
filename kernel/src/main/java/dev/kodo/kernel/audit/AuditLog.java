package dev.kodo.kernel.audit;

import dev.kodo.kernel.audit.Inbox.Pending;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The append-only log of important actions; the one of a home folder, while its kernel runs. */
public final class AuditLog implements AuditSink, AutoCloseable {
  /** Longer than the driver waits for the server. */
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private final AuditSetting setting;
  private final Inbox inbox = new Inbox();
  private final Thread thread;
  private final List<String> damage;

  private AuditLog(AuditSetting setting) throws SQLException, IOException {
    this.setting = setting;
    AuditWriter writer = new AuditWriter(setting, inbox);
    this.damage = writer.connect().stream().map(Finding::text).toList();
    this.thread = Thread.ofPlatform().daemon().name("audit").unstarted(writer);
  }

  /**
   * Continues the log where it ends. What does not fit what was signed before becomes an entry, and
   * is told by {@link #damage}.
   *
   * @throws SQLException when the database cannot be reached or has no such log
   * @throws IOException when the files beside the database cannot be read or written
   */
  public static AuditLog open(AuditSetting setting) throws SQLException, IOException {
    AuditLog log = new AuditLog(setting);
    log.thread.start();
    return log;
  }

  /** Sentences about what was wrong with the log when it was opened; empty when all was well. */
  public List<String> damage() {
    return damage;
  }

  /** Which of these kinds the newest entry has that has one of them. */
  public Optional<Kind> newestOf(Kind one, Kind other) throws SQLException {
    try (Connection connection = setting.books().database().reader()) {
      return EntryQuery.newestOf(connection, one, other);
    }
  }

  @Override
  public void append(AuditEvent event) {
    appendAll(List.of(event));
  }

  @Override
  public void appendAll(List<AuditEvent> events) {
    List<CompletableFuture<Void>> durable = events.stream().map(this::handedOver).toList();
    try {
      CompletableFuture.allOf(durable.toArray(CompletableFuture[]::new))
          .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AuditUnavailable("The wait for the audit log was interrupted.", e);
    } catch (ExecutionException e) {
      throw new AuditUnavailable(String.valueOf(e.getCause()), e);
    } catch (TimeoutException e) {
      throw new AuditUnavailable("The audit log did not answer in " + PATIENCE + ".", e);
    }
  }

  private CompletableFuture<Void> handedOver(AuditEvent event) {
    CompletableFuture<Void> durable = new CompletableFuture<>();
    if (!inbox.add(new Pending(event, durable))) {
      throw new AuditUnavailable("Expected an open audit log, but it is closed.", null);
    }
    return durable;
  }

  /** Writes what waits, seals it with a checkpoint and ends. Bounded in time. */
  @Override
  public void close() {
    inbox.close();
    try {
      thread.join(PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
