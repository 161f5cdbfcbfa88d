package dev.kodo.heartbeat;

import dev.kodo.process.ErrorCode;
import dev.kodo.worker.JobFailure;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table of beats. A partial unique index lets an agent have one open beat at most. */
@Component
class BeatStore {
  /** The letters of kodobeat as a number: advisory locks know nothing else, and all share them. */
  private static final long ENDING_TURN = 0x6b6f646f62656174L;

  private final JdbcClient jdbc;
  private final Clock clock;

  BeatStore(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  Optional<Beat> open(String agentId) {
    return jdbc.sql("select * from heartbeat where agent_id = :agent and state = 'open'")
        .param("agent", agentId)
        .query((row, number) -> read(row))
        .optional();
  }

  Beat get(String agentId, String heartbeatId) {
    return jdbc.sql("select * from heartbeat where agent_id = :agent and heartbeat_id = :id")
        .param("agent", agentId)
        .param("id", heartbeatId)
        .query((row, number) -> read(row))
        .single();
  }

  /**
   * The beat on whose account a job works.
   *
   * @throws JobFailure (retry, then an incident) when it is not the agent's open beat
   */
  Beat requireOpen(String agentId, String heartbeatId) {
    return open(agentId)
        .filter(beat -> beat.heartbeatId().equals(heartbeatId))
        .orElseThrow(
            () ->
                JobFailure.retry(
                    "Expected %s to be the open beat of agent %s, but it is not."
                        .formatted(heartbeatId, agentId),
                    null));
  }

  Optional<HeartbeatId> lastId(String agentId) {
    return jdbc.sql("select max(heartbeat_id) from heartbeat where agent_id = :agent")
        .param("agent", agentId)
        .query(String.class)
        .optional()
        .map(HeartbeatId::new);
  }

  /** The newest beats of an agent that have ended, newest first. */
  List<Beat> recent(String agentId, int limit) {
    return jdbc.sql(
            """
            select * from heartbeat where agent_id = :agent and closing_number is not null
            order by closing_number desc limit :limit
            """)
        .param("agent", agentId)
        .param("limit", limit)
        .query((row, number) -> read(row))
        .list();
  }

  /** The beat that ended last in one of these states. */
  Optional<Beat> lastIn(String agentId, List<BeatState> states) {
    return jdbc.sql(
            """
            select * from heartbeat where agent_id = :agent and state in (:states)
            order by closing_number desc limit 1
            """)
        .param("agent", agentId)
        .param("states", states.stream().map(BeatState::id).toList())
        .query((row, number) -> read(row))
        .optional();
  }

  /** Beats of all agents that ended after {@code seq}, in the order of their ends. */
  List<Beat> endedAfter(long seq, int limit) {
    return jdbc.sql(
            "select * from heartbeat where closing_number > :seq order by closing_number limit :limit")
        .param("seq", seq)
        .param("limit", limit)
        .query((row, number) -> read(row))
        .list();
  }

  Map<BeatState, Integer> countByState(String agentId) {
    return jdbc
        .sql(
            "select state, count(*) as beats from heartbeat where agent_id = :agent group by state")
        .param("agent", agentId)
        .query(
            (row, number) -> Map.entry(BeatState.ofId(row.getString("state")), row.getInt("beats")))
        .list()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  int countOpenedSince(String agentId, Instant since) {
    return jdbc.sql(
            "select count(*) from heartbeat where agent_id = :agent and opened_at >= :since")
        .param("agent", agentId)
        .param("since", since.atOffset(ZoneOffset.UTC))
        .query(Integer.class)
        .single();
  }

  /** The newest beats of all agents that closed. */
  List<Beat> newestClosed(int limit) {
    return jdbc.sql(
            "select * from heartbeat where state = 'closed' order by closing_number desc limit :limit")
        .param("limit", limit)
        .query((row, number) -> read(row))
        .list();
  }

  int beatsInTheme(String agentId, String themeId) {
    return jdbc.sql(
            """
            select count(*) from heartbeat
            where agent_id = :agent and theme_id = :theme and state = 'closed'
              and activity not in ('theme-start', 'theme-pause')
            """)
        .param("agent", agentId)
        .param("theme", themeId)
        .query(Integer.class)
        .single();
  }

  /** All beats of a theme that have ended, in the order of their ends. */
  List<Beat> ofTheme(String agentId, String themeId) {
    return jdbc.sql(
            """
            select * from heartbeat
            where agent_id = :agent and theme_id = :theme and closing_number is not null
            order by closing_number
            """)
        .param("agent", agentId)
        .param("theme", themeId)
        .query((row, number) -> read(row))
        .list();
  }

  void insertOpen(Beat beat) {
    jdbc.sql(
            """
            insert into heartbeat
              (agent_id, heartbeat_id, process_instance_key, mode, triggered_by, state, theme_id, opened_at)
            values (:agent, :id, :instance, :mode, :trigger, 'open', :theme, :opened)
            """)
        .param("agent", beat.agentId())
        .param("id", beat.heartbeatId())
        .param("instance", beat.processInstanceKey())
        .param("mode", beat.mode())
        .param("trigger", beat.trigger())
        .param("theme", beat.themeId())
        .param("opened", beat.openedAt().atOffset(ZoneOffset.UTC))
        .update();
  }

  /**
   * Adds a paragraph to what was done in this beat. To be called inside the transaction of the job
   * that did it, so that it is told once.
   */
  void addToSummary(String agentId, String heartbeatId, String summary) {
    jdbc.sql(
            """
            update heartbeat set summary = concat_ws(chr(10) || chr(10), nullif(summary, ''), :summary)
            where agent_id = :agent and heartbeat_id = :id
            """)
        .param("agent", agentId)
        .param("id", heartbeatId)
        .param("summary", summary)
        .update();
  }

  void recordLog(String agentId, String heartbeatId, LogEntry entry) {
    jdbc.sql(
            """
            update heartbeat set theme_id = coalesce(:theme, theme_id), promised_artifact = :artifact,
              log_path = :log, error_code = :code, error_message = :message
            where agent_id = :agent and heartbeat_id = :id
            """)
        .param("agent", agentId)
        .param("id", heartbeatId)
        .param("theme", entry.themeId())
        .param("artifact", entry.artifactPath())
        .param("log", entry.logPath())
        .param("code", entry.errorCode())
        .param("message", entry.errorMessage())
        .update();
  }

  /** What the log step leaves in the record of the beat. */
  record LogEntry(
      @Nullable String themeId,
      @Nullable String artifactPath,
      String logPath,
      @Nullable String errorCode,
      @Nullable String errorMessage) {}

  /**
   * Ends an open beat; call it inside a transaction. Ends take their turn until they commit: a
   * reader who has seen closing number 8 must never miss a 7 that commits later.
   *
   * @return false when the beat had ended already, and nothing changed
   */
  boolean end(String agentId, String heartbeatId, BeatState state, @Nullable Trouble trouble) {
    jdbc.sql("select pg_advisory_xact_lock(:turn)")
        .param("turn", ENDING_TURN)
        .query((row, number) -> true)
        .single();
    return jdbc.sql(
                """
            update heartbeat set state = :state, closed_at = :now, closing_number = nextval('heartbeat_closing_number'),
              error_code = coalesce(:code, error_code), error_message = coalesce(:message, error_message)
            where agent_id = :agent and heartbeat_id = :id and state = 'open'
            """)
            .param("agent", agentId)
            .param("id", heartbeatId)
            .param("state", state.id())
            .param("now", clock.instant().atOffset(ZoneOffset.UTC))
            .param("code", trouble == null ? null : trouble.errorCode())
            .param("message", trouble == null ? null : trouble.errorMessage())
            .update()
        > 0;
  }

  /** Why a beat did not end well. */
  record Trouble(String errorCode, String errorMessage) {}

  /**
   * How many of the last beats in a row ended with the error of the very last one. A budget that is
   * used up does not count: it comes back by itself, and no review would help.
   *
   * @param after closing number up to which errors no longer count
   */
  int sameErrorCount(String agentId, long after) {
    return jdbc.sql(
            """
            with ended as (
              select error_code, row_number() over (order by closing_number desc) as back
              from heartbeat where agent_id = :agent and closing_number > :after
            ),
            newest as (select error_code from ended where back = 1)
            select count(*) from ended, newest
            where newest.error_code is not null and newest.error_code <> :budget
              and back < coalesce(
                (select min(back) from ended where error_code is distinct from newest.error_code), 2147483647)
            """)
        .param("agent", agentId)
        .param("after", after)
        .param("budget", ErrorCode.BUDGET_EXCEEDED.name())
        .query(Integer.class)
        .single();
  }

  private static Beat read(ResultSet row) throws SQLException {
    OffsetDateTime closed = row.getObject("closed_at", OffsetDateTime.class);
    return new Beat(
        row.getLong("closing_number"),
        row.getString("agent_id"),
        row.getString("heartbeat_id"),
        row.getLong("process_instance_key"),
        row.getString("mode"),
        row.getString("triggered_by"),
        BeatState.ofId(row.getString("state")),
        row.getString("theme_id"),
        row.getString("activity"),
        row.getString("reason"),
        row.getString("promised_artifact"),
        row.getString("summary"),
        row.getString("log_path"),
        row.getString("error_code"),
        row.getString("error_message"),
        row.getObject("opened_at", OffsetDateTime.class).toInstant(),
        closed == null ? null : closed.toInstant(),
        new BeatMarks(
            ChosenBy.ofId(row.getString("chosen_by")),
            row.getString("choice_fault"),
            row.getString("cut"),
            row.getBoolean("nothing_kept")));
  }
}
