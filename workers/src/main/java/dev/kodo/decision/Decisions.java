package dev.kodo.decision;

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
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Questions to people. The diagram waits; this record lets the command line list and answer what
 * waits.
 */
@Component
public class Decisions {
  private static final Duration ANSWER_LIVES = Duration.ofMinutes(10);

  private final JdbcClient jdbc;
  private final ProcessEngine engine;
  private final Clock clock;

  Decisions(JdbcClient jdbc, ProcessEngine engine, Clock clock) {
    this.jdbc = jdbc;
    this.engine = engine;
    this.clock = clock;
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
    Optional<Map<String, Object>> row =
        jdbc
            .sql("select state, content_hash from decision where decision_id = :id")
            .param("id", decisionId)
            .query()
            .listOfRows()
            .stream()
            .findFirst();
    if (row.isEmpty()) {
      return new DecisionAnswer.Unknown();
    }
    String state = String.valueOf(row.get().get("state"));
    String hash = String.valueOf(row.get().get("content_hash"));
    if (!state.equals("open")) {
      return new DecisionAnswer.AlreadyAnswered(state);
    }
    if (shownHash != null && !shownHash.equals(hash)) {
      return new DecisionAnswer.HashDiffers(hash);
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
    return engine.publishOnce(MessageName.DECISION_MADE, decisionId, ANSWER_LIVES, answer)
        ? new DecisionAnswer.Accepted(approved)
        : new DecisionAnswer.AlreadyAnswered("being recorded");
  }

  /** Records the answer that the diagram got; the first one stands. */
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
            where decision_id = :id and state = 'open'
            """)
        .param("id", decisionId)
        .param("state", state)
        .param("via", via)
        .param("by", answeredBy)
        .param("comment", comment)
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .update();
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
