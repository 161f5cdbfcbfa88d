package dev.kodo.routine;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The tables of routines and of their runs. */
@Component
class RoutineStore {
  private static final Duration COUNTED = Duration.ofDays(2);

  private final JdbcClient jdbc;
  private final Clock clock;

  RoutineStore(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * What is kept about a routine.
   *
   * @param starts the trigger that the rest is about
   * @param nextDue when it is due by its schedule, null without one
   * @param pending why it is to run, null when nothing happened
   * @param seen how far events were looked at
   * @param trouble why the last look could not see whether it is due, null when it could
   */
  record Kept(
      String name,
      String starts,
      @Nullable Instant nextDue,
      @Nullable Instant lastDue,
      @Nullable String pending,
      @Nullable String seen,
      @Nullable String trouble) {
    /** The same when a run has begun: what waited is taken. */
    Kept begun(@Nullable Instant nowDue, @Nullable Instant wasDue) {
      return new Kept(name, starts, nowDue, wasDue, null, seen, trouble);
    }
  }

  /** All that is kept about an agent's routines, closed to others until the transaction ends. */
  List<Kept> lockAll(String agentId) {
    return jdbc.sql("select * from routine where agent_id = :agent order by name for update")
        .param("agent", agentId)
        .query((row, number) -> kept(row))
        .list();
  }

  List<Kept> all(String agentId) {
    return jdbc.sql("select * from routine where agent_id = :agent order by name")
        .param("agent", agentId)
        .query((row, number) -> kept(row))
        .list();
  }

  void keep(String agentId, Kept kept) {
    jdbc.sql(
            """
            insert into routine (agent_id, name, starts, next_due, last_due, pending, seen, trouble)
            values (:agent, :name, :starts, :next, :last, :pending, :seen, :trouble)
            on conflict (agent_id, name) do update set starts = excluded.starts, next_due = excluded.next_due,
              last_due = excluded.last_due, pending = excluded.pending, seen = excluded.seen,
              trouble = excluded.trouble
            """)
        .param("agent", agentId)
        .param("name", kept.name())
        .param("starts", kept.starts())
        .param("next", utc(kept.nextDue()))
        .param("last", utc(kept.lastDue()))
        .param("pending", kept.pending())
        .param("seen", kept.seen())
        .param("trouble", kept.trouble())
        .update();
  }

  void forget(String agentId, String name) {
    jdbc.sql("delete from routine where agent_id = :agent and name = :name")
        .param("agent", agentId)
        .param("name", name)
        .update();
  }

  void record(Run run) {
    jdbc.sql(
            """
            insert into routine_run (agent_id, run_id, routine, started_by, process_id, instruction, cap_usd, cap_calls, time_limit,
              process_instance_key, started_at, ended_at, outcome, error_message, spend_usd)
            values (:agent, :run, :routine, :by, :process, :instruction, :usd, :calls, :time, :instance, :started, :ended, :outcome,
              :message, :spend)
            """)
        .param("agent", run.agentId())
        .param("run", run.runId())
        .param("routine", run.routine())
        .param("by", run.startedBy())
        .param("process", run.processId())
        .param("instruction", run.instruction())
        .param("usd", run.capUsd())
        .param("calls", run.capCalls())
        .param("time", run.timeLimit().toString())
        .param("instance", run.processInstanceKey())
        .param("started", utc(run.startedAt()))
        .param("ended", utc(run.endedAt()))
        .param("outcome", run.outcome())
        .param("message", run.errorMessage())
        .param("spend", run.spendUsd())
        .update();
  }

  /** Ends a run; one that has ended stays as it is. */
  void end(Run ended) {
    jdbc.sql(
            """
            update routine_run set ended_at = :now, outcome = :outcome, error_code = :code, error_message = :message,
              spend_usd = :spend, calls = :calls, artifact = :artifact
            where agent_id = :agent and run_id = :run and outcome = 'running'
            """)
        .param("agent", ended.agentId())
        .param("run", ended.runId())
        .param("now", utc(clock.instant()))
        .param("outcome", ended.outcome())
        .param("code", ended.errorCode())
        .param("message", ended.errorMessage())
        .param("spend", ended.spendUsd())
        .param("calls", ended.calls())
        .param("artifact", ended.artifact())
        .update();
  }

  void recordArtifact(String agentId, String runId, String path) {
    jdbc.sql(
            "update routine_run set artifact = :path where agent_id = :agent and run_id = :run and outcome = 'running'")
        .param("agent", agentId)
        .param("run", runId)
        .param("path", path)
        .update();
  }

  Optional<Run> find(String agentId, String runId) {
    return jdbc.sql("select * from routine_run where agent_id = :agent and run_id = :run")
        .param("agent", agentId)
        .param("run", runId)
        .query((row, number) -> run(row))
        .optional();
  }

  List<Run> running(String agentId) {
    return jdbc.sql(
            "select * from routine_run where agent_id = :agent and outcome = 'running' order by run_id")
        .param("agent", agentId)
        .query((row, number) -> run(row))
        .list();
  }

  /** The latest runs of a routine, newest first. */
  List<Run> latest(String agentId, String routine, int most) {
    return jdbc.sql(
            """
            select * from routine_run where agent_id = :agent and routine = :routine
            order by run_id desc limit :most
            """)
        .param("agent", agentId)
        .param("routine", routine)
        .param("most", most)
        .query((row, number) -> run(row))
        .list();
  }

  Optional<String> lastRunId(String agentId) {
    return jdbc.sql("select max(run_id) from routine_run where agent_id = :agent")
        .param("agent", agentId)
        .query(String.class)
        .optional();
  }

  /**
   * What the runs of a routine count since an instant, in US dollars. A run that still goes on,
   * whose price is unknown, or that was cut off while a call might have been under way, counts all
   * that it was permitted.
   */
  BigDecimal spentSince(String agentId, String routine, Instant since) {
    return jdbc.sql(
            """
            select coalesce(sum(case
                when outcome in ('running', 'time-is-up', 'stopped') or spend_usd is null then cap_usd
                else spend_usd end), 0)
            from routine_run where agent_id = :agent and routine = :routine and started_at >= :since
            """)
        .param("agent", agentId)
        .param("routine", routine)
        .param("since", utc(since))
        .query(BigDecimal.class)
        .single();
  }

  /**
   * Removes the oldest ended runs of each routine beyond a number; at most {@code batch} rows.
   * Those of today and yesterday stay: the limit of a day counts them, in any time zone.
   */
  int prune(String agentId, int kept, int batch) {
    return jdbc.sql(
            """
            delete from routine_run where (agent_id, run_id) in (
              select agent_id, run_id from (
                select agent_id, run_id, outcome, started_at,
                  row_number() over (partition by routine order by run_id desc) as place
                from routine_run where agent_id = :agent) as runs
              where place > :kept and outcome <> 'running' and started_at < :before
              order by run_id limit :batch)
            """)
        .param("agent", agentId)
        .param("kept", kept)
        .param("before", utc(clock.instant().minus(COUNTED)))
        .param("batch", batch)
        .update();
  }

  private static Kept kept(ResultSet row) throws SQLException {
    return new Kept(
        row.getString("name"),
        row.getString("starts"),
        instant(row, "next_due"),
        instant(row, "last_due"),
        row.getString("pending"),
        row.getString("seen"),
        row.getString("trouble"));
  }

  private static Run run(ResultSet row) throws SQLException {
    return new Run(
        row.getString("agent_id"),
        row.getString("run_id"),
        row.getString("routine"),
        row.getString("started_by"),
        row.getString("process_id"),
        row.getString("instruction"),
        row.getBigDecimal("cap_usd"),
        row.getInt("cap_calls"),
        Duration.parse(row.getString("time_limit")),
        row.getLong("process_instance_key"),
        row.getObject("started_at", OffsetDateTime.class).toInstant(),
        instant(row, "ended_at"),
        row.getString("outcome"),
        row.getString("error_code"),
        row.getString("error_message"),
        row.getBigDecimal("spend_usd"),
        row.getInt("calls"),
        row.getString("artifact"));
  }

  private static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
