package dev.kodo.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Entries wait in a table and go to the guard, oldest first, when a job has ended. An agent of
 * which the guard takes no more for the moment holds up its own entries only. A crash in between
 * repeats an entry, with the same number in its details, and never loses one.
 */
final class AuditOutbox implements AuditTrail {
  private static final Logger LOG = LoggerFactory.getLogger(AuditOutbox.class);
  private static final int AT_ONCE = 50;

  private final JdbcClient jdbc;
  private final GuardLog guard;
  private final ObjectMapper json;
  private final Clock clock;
  private final Delays delays = new Delays();
  private final ReentrantLock delivering = new ReentrantLock();

  /** True at first: the last body may have left something. */
  private final AtomicBoolean mayWait = new AtomicBoolean(true);

  AuditOutbox(JdbcClient jdbc, GuardLog guard, ObjectMapper json, Clock clock) {
    this.jdbc = jdbc;
    this.guard = guard;
    this.json = json;
    this.clock = clock;
  }

  @Override
  public void enter(AuditEntry entry) {
    jdbc.sql(
            """
            insert into audit_outbox (agent_id, heartbeat_id, kind, subject, outcome, detail, occasion, created_at)
            values (:agent, :beat, :kind, :subject, :outcome, cast(:detail as jsonb), :occasion, :now)
            on conflict (occasion) do nothing
            """)
        .param("agent", entry.agentId())
        .param("beat", entry.heartbeatId())
        .param("kind", entry.kind().word())
        .param("subject", entry.subject())
        .param("outcome", entry.outcome())
        .param("detail", write(entry.detail()))
        .param("occasion", entry.occasion())
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .update();
    wakeWhenCommitted();
  }

  @Override
  public Untold untold() {
    return jdbc.sql(
            """
            select count(*) filter (where refused is null) as waiting, count(refused) as refused,
              (select refused from audit_outbox where refused is not null order by entry_number limit 1) as why
            from audit_outbox
            """)
        .query(
            (row, number) ->
                new Untold(row.getInt("waiting"), row.getInt("refused"), row.getString("why")))
        .single();
  }

  /** Before its transaction ends nobody else sees the row, and a delivery would find nothing. */
  private void wakeWhenCommitted() {
    if (TransactionSynchronizationManager.isSynchronizationActive()) {
      TransactionSynchronizationManager.registerSynchronization(
          new TransactionSynchronization() {
            @Override
            public void afterCommit() {
              mayWait.set(true);
            }
          });
    } else {
      mayWait.set(true);
    }
  }

  /**
   * Tells the guard all that waits. Whoever is delivering already takes the new rows along, or the
   * next job does.
   */
  void deliver() {
    if (!mayWait.get() || !delivering.tryLock()) {
      return;
    }
    try {
      Set<String> full = new HashSet<>();
      while (mayWait.getAndSet(false)) {
        if (!deliverSome(full)) {
          mayWait.set(true);
          return;
        }
      }
      delays.endAllBut(full);
      if (!full.isEmpty()) {
        mayWait.set(true);
      }
    } catch (RuntimeException notNow) {
      // The job that has just ended is answered; it must not fail for its report.
      mayWait.set(true);
      LOG.warn("The audit log gets its entries later", notNow);
    } finally {
      delivering.unlock();
    }
  }

  /**
   * False when the guard is away: the rest waits for the next job.
   *
   * @param full the agents of which the guard takes no more for the moment
   */
  private boolean deliverSome(Set<String> full) {
    List<Waiting> entries = waiting(full);
    for (Waiting entry : entries) {
      if (full.contains(entry.agentId())) {
        continue;
      }
      switch (guard.append(entry)) {
        case GuardLog.Answer.Entered entered -> remove(entry.number());
        case GuardLog.Answer.Refused refused -> {
          LOG.error("The guard does not take entry {}: {}", entry.number(), refused.why());
          markRefused(entry.number(), refused.why());
        }
        case GuardLog.Answer.Full tooMany -> {
          delays.begin(entry.agentId(), tooMany.why());
          full.add(entry.agentId());
        }
        case GuardLog.Answer.Away away -> {
          delays.begin(Delays.EVERYBODY, away.why());
          return false;
        }
      }
    }
    if (entries.size() == AT_ONCE) {
      mayWait.set(true);
    }
    return true;
  }

  private List<Waiting> waiting(Set<String> full) {
    return jdbc.sql(
            """
            select * from audit_outbox where refused is null and agent_id <> all(:full)
            order by entry_number limit :most
            """)
        .param("full", full.toArray(String[]::new))
        .param("most", AT_ONCE)
        .query((row, number) -> read(row))
        .list();
  }

  private void remove(long number) {
    jdbc.sql("delete from audit_outbox where entry_number = :number")
        .param("number", number)
        .update();
  }

  private void markRefused(long number, String why) {
    jdbc.sql("update audit_outbox set refused = :why where entry_number = :number")
        .param("number", number)
        .param("why", why)
        .update();
  }

  private String write(Map<String, String> detail) {
    try {
      return json.writeValueAsString(detail);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Texts can always be written", e);
    }
  }

  private Waiting read(ResultSet row) throws SQLException {
    try {
      return new Waiting(
          row.getLong("entry_number"),
          row.getString("agent_id"),
          row.getString("heartbeat_id"),
          row.getString("kind"),
          row.getString("subject"),
          row.getString("outcome"),
          json.readTree(row.getString("detail")));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Expected the database to hold JSON", e);
    }
  }
}
