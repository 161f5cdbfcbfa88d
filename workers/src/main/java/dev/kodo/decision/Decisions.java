package dev.kodo.decision;

import dev.kodo.audit.AuditEntry;
import dev.kodo.audit.AuditTrail;
import dev.kodo.process.MessageName;
import dev.kodo.process.ProcessEngine;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Questions to people. The diagram waits; this record lets the command line list and answer what
 * waits.
 */
@Component
public class Decisions {
  /** Longer than a process needs from recording a question to waiting for the answer. */
  private static final Duration UNTIL_IT_WAITS = Duration.ofSeconds(10);

  private final JdbcClient jdbc;
  private final ProcessEngine engine;
  private final Clock clock;
  private final AuditTrail audit;

  Decisions(JdbcClient jdbc, ProcessEngine engine, Clock clock, AuditTrail audit) {
    this.jdbc = jdbc;
    this.engine = engine;
    this.clock = clock;
    this.audit = audit;
  }

  /** Records an open question; call it inside the transaction that stops the work. */
  public Decision ask(String agentId, String kind, String question, String detail, Duration due) {
    String id = "D-" + jdbc.sql("select nextval('decision_number')").query(Long.class).single();
    Instant now = clock.instant();
    Decision decision =
        new Decision(
            id, agentId, kind, question, detail, hash(question, detail), now, now.plus(due));
    jdbc.sql(
            """
            insert into decision (decision_id, agent_id, kind, question, detail, content_hash, state, created_at, due_at)
            values (:id, :agent, :kind, :question, :detail, :hash, 'open', :created, :due)
            """)
        .param("id", id)
        .param("agent", agentId)
        .param("kind", kind)
        .param("question", question)
        .param("detail", detail)
        .param("hash", decision.hash())
        .param("created", decision.createdAt().atOffset(ZoneOffset.UTC))
        .param("due", decision.dueAt().atOffset(ZoneOffset.UTC))
        .update();
    return decision;
  }

  public List<Decision> open() {
    return jdbc.sql("select * from decision where state = 'open' order by created_at, decision_id")
        .query((row, number) -> read(row))
        .list();
  }

  /**
   * Hands a person's answer to the waiting diagram, which records it.
   *
   * @param shownHash hash of the text that the person saw, or null when it was not shown
   */
  public DecisionAnswer answer(
      String decisionId,
      boolean approved,
      @Nullable String shownHash,
      String answeredBy,
      @Nullable String comment) {
    Optional<Found> found = find(decisionId);
    if (found.isEmpty()) {
      return new DecisionAnswer.Unknown();
    }
    if (found.get().isAnswered()) {
      return new DecisionAnswer.AlreadyAnswered(found.get().told());
    }
    if (shownHash != null && !shownHash.equals(found.get().hash())) {
      return new DecisionAnswer.HashDiffers(found.get().hash());
    }
    Map<String, Object> answer =
        Map.of(
            "approved",
            approved,
            "answeredBy",
            answeredBy,
            "via",
            "kodo",
            "comment",
            comment == null ? "" : comment);
    if (engine.correlate(MessageName.DECISION_MADE, decisionId, answer)) {
      recordTaken(decisionId);
      return new DecisionAnswer.Accepted(approved);
    }
    return notTaken(decisionId);
  }

  /** What counts when an answer comes in. */
  private record Found(String state, String hash, boolean taken) {
    boolean isAnswered() {
      return taken || !state.equals("open");
    }

    String told() {
      return state.equals("open") ? "being recorded" : state;
    }
  }

  private Optional<Found> find(String decisionId) {
    return jdbc.sql(
            """
            select state, content_hash, answered_at is not null as taken from decision
            where decision_id = :id
            """)
        .param("id", decisionId)
        .query(
            (row, number) ->
                new Found(
                    row.getString("state"), row.getString("content_hash"), row.getBoolean("taken")))
        .optional();
  }

  /** The engine has the answer; until the diagram records it, nobody else needs to ask. */
  private void recordTaken(String decisionId) {
    jdbc.sql("update decision set answered_at = :now where decision_id = :id and state = 'open'")
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .param("id", decisionId)
        .update();
  }

  /**
   * A question that nobody waits for any more leaves the list, unless it was answered while we
   * asked, or is so young that its process may not have got as far as to wait.
   */
  private DecisionAnswer notTaken(String decisionId) {
    int stale =
        jdbc.sql(
                """
                update decision set state = 'stale'
                where decision_id = :id and state = 'open' and answered_at is null
                  and created_at < :young
                """)
            .param("id", decisionId)
            .param("young", clock.instant().minus(UNTIL_IT_WAITS).atOffset(ZoneOffset.UTC))
            .update();
    if (stale > 0) {
      return new DecisionAnswer.NobodyWaits(true);
    }
    return find(decisionId)
        .filter(Found::isAnswered)
        .<DecisionAnswer>map(now -> new DecisionAnswer.AlreadyAnswered(now.told()))
        .orElse(new DecisionAnswer.NobodyWaits(false));
  }

  /**
   * Records the answer that the diagram got; the first one stands. It corrects {@code stale}: an
   * answer from Tasklist may be on its way here when somebody else finds nobody waiting.
   */
  public void close(
      String decisionId,
      boolean approved,
      String via,
      @Nullable String answeredBy,
      @Nullable String comment) {
    String state = via.equals("overdue") ? "overdue" : approved ? "approved" : "rejected";
    jdbc.sql(
            """
            update decision set state = :state, answered_via = :via, answered_by = :by, comment = :comment,
              answered_at = :now
            where decision_id = :id and state in ('open', 'stale')
            returning decision_id, agent_id, kind, content_hash
            """)
        .param("id", decisionId)
        .param("state", state)
        .param("via", via)
        .param("by", answeredBy)
        .param("comment", comment)
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .query((row, number) -> closed(row))
        .optional()
        .ifPresent(closed -> enter(closed, state, via, answeredBy));
  }

  /** Takes a question back that has answered itself. */
  public void withdraw(String decisionId) {
    jdbc.sql("update decision set state = 'stale' where decision_id = :id and state = 'open'")
        .param("id", decisionId)
        .update();
  }

  /**
   * Closes all open questions of an agent with a no, because it ended; nobody waits for them.
   *
   * @return the kinds of the questions that were open
   */
  public List<String> closeAll(String agentId, String via) {
    List<Closed> closed =
        jdbc.sql(
                """
            update decision set state = 'rejected', answered_via = :via, answered_at = :now
            where agent_id = :agent and state = 'open'
            returning decision_id, agent_id, kind, content_hash
            """)
            .param("agent", agentId)
            .param("via", via)
            .param("now", clock.instant().atOffset(ZoneOffset.UTC))
            .query((row, number) -> closed(row))
            .list();
    closed.forEach(each -> enter(each, "rejected", via, null));
    return closed.stream().map(Closed::kind).toList();
  }

  /** A question that has just got its answer. */
  private record Closed(String decisionId, String agentId, String kind, String hash) {}

  private static Closed closed(ResultSet row) throws SQLException {
    return new Closed(
        row.getString("decision_id"),
        row.getString("agent_id"),
        row.getString("kind"),
        row.getString("content_hash"));
  }

  private void enter(Closed closed, String state, String via, @Nullable String answeredBy) {
    Map<String, String> detail = new TreeMap<>(Map.of("question", closed.hash(), "via", via));
    if (answeredBy != null) {
      detail.put("by", answeredBy);
    }
    audit.enter(
        new AuditEntry(
            AuditEntry.Kind.APPROVAL,
            closed.agentId(),
            null,
            closed.decisionId() + " " + closed.kind(),
            state,
            detail,
            "decision " + closed.decisionId()));
  }

  private static Decision read(ResultSet row) throws SQLException {
    return new Decision(
        row.getString("decision_id"),
        row.getString("agent_id"),
        row.getString("kind"),
        row.getString("question"),
        row.getString("detail"),
        row.getString("content_hash"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getObject("due_at", OffsetDateTime.class).toInstant());
  }

  static String hash(String question, String detail) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(question.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
      digest.update(detail.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Expected SHA-256 in every JDK", e);
    }
  }
}
