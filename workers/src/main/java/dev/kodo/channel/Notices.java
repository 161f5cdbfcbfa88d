package dev.kodo.channel;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The record of what the owner is told. */
@Component
public class Notices {
  private final JdbcClient jdbc;
  private final Clock clock;

  public Notices(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * Writes a notice down; the diagram {@code sos} delivers it. A second notice of the same id is
   * the same occasion, and the first one stands.
   */
  public void write(String noticeId, String agentId, NoticeKind kind, String subject, String body) {
    jdbc.sql(
            """
            insert into notice (notice_id, agent_id, kind, subject, body, created_at)
            values (:id, :agent, :kind, :subject, :body, :now)
            on conflict do nothing
            """)
        .param("id", noticeId)
        .param("agent", agentId)
        .param("kind", kind.id())
        .param("subject", subject)
        .param("body", body)
        .param("now", now())
        .update();
  }

  /** Notices of these kinds that no instance of {@code sos} has taken yet, oldest first. */
  public List<String> untold(String agentId, List<NoticeKind> kinds) {
    return jdbc.sql(
            """
            select notice_id from notice
            where agent_id = :agent and process_instance_key is null and kind in (:kinds)
            order by created_at, notice_id
            """)
        .param("agent", agentId)
        .param("kinds", kinds.stream().map(NoticeKind::id).toList())
        .query(String.class)
        .list();
  }

  /** The notice of an agent that was written last, with its deliveries. */
  public Optional<NoticeStatus> latest(String agentId) {
    return jdbc.sql(
            """
            select * from notice where agent_id = :agent order by created_at desc, notice_id desc limit 1
            """)
        .param("agent", agentId)
        .query((row, number) -> read(row))
        .optional()
        .map(
            notice ->
                new NoticeStatus(
                    notice.noticeId(),
                    notice.kind().id(),
                    notice.subject(),
                    notice.createdAt(),
                    deliveries(notice.noticeId())));
  }

  /**
   * Gives a notice to one process instance for good.
   *
   * @return false when another instance delivers it, or has
   */
  boolean take(String noticeId, long processInstanceKey) {
    return jdbc.sql(
                """
                update notice set process_instance_key = :instance
                where notice_id = :id and (process_instance_key is null or process_instance_key = :instance)
                """)
            .param("id", noticeId)
            .param("instance", processInstanceKey)
            .update()
        == 1;
  }

  Notice get(String noticeId) {
    return jdbc.sql("select * from notice where notice_id = :id")
        .param("id", noticeId)
        .query((row, number) -> read(row))
        .single();
  }

  void expect(String noticeId, String channel) {
    jdbc.sql(
            """
            insert into notice_delivery (notice_id, channel, state, attempts, changed_at)
            values (:id, :channel, 'waiting', 0, :now)
            on conflict do nothing
            """)
        .param("id", noticeId)
        .param("channel", channel)
        .param("now", now())
        .update();
  }

  boolean isDelivered(String noticeId, String channel) {
    return jdbc.sql(
            """
            select exists (select from notice_delivery
              where notice_id = :id and channel = :channel and state = 'delivered')
            """)
        .param("id", noticeId)
        .param("channel", channel)
        .query(Boolean.class)
        .single();
  }

  void recordDelivered(String noticeId, String channel) {
    jdbc.sql(
            """
            update notice_delivery set state = 'delivered', attempts = attempts + 1, changed_at = :now
            where notice_id = :id and channel = :channel
            """)
        .param("id", noticeId)
        .param("channel", channel)
        .param("now", now())
        .update();
  }

  /** Counts an attempt that did not succeed; returns how many there were. */
  int recordAttempt(String noticeId, String channel, String reason) {
    return jdbc.sql(
            """
            update notice_delivery set attempts = attempts + 1, last_error = :reason, changed_at = :now
            where notice_id = :id and channel = :channel
            returning attempts
            """)
        .param("id", noticeId)
        .param("channel", channel)
        .param("reason", reason)
        .param("now", now())
        .query(Integer.class)
        .single();
  }

  void recordFailed(String noticeId, String channel) {
    jdbc.sql(
            """
            update notice_delivery set state = 'failed', changed_at = :now
            where notice_id = :id and channel = :channel and state = 'waiting'
            """)
        .param("id", noticeId)
        .param("channel", channel)
        .param("now", now())
        .update();
  }

  private List<NoticeStatus.ChannelStatus> deliveries(String noticeId) {
    return jdbc.sql("select * from notice_delivery where notice_id = :id order by channel")
        .param("id", noticeId)
        .query(
            (row, number) ->
                new NoticeStatus.ChannelStatus(
                    row.getString("channel"),
                    row.getString("state"),
                    row.getInt("attempts"),
                    row.getString("last_error")))
        .list();
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }

  private static Notice read(ResultSet row) throws SQLException {
    return new Notice(
        row.getString("notice_id"),
        row.getString("agent_id"),
        NoticeKind.ofId(row.getString("kind")),
        row.getString("subject"),
        row.getString("body"),
        row.getObject("created_at", OffsetDateTime.class).toInstant());
  }
}
