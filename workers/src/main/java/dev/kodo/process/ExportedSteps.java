package dev.kodo.process;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads what the local engine's exporter has written into the schema {@code engine}. */
final class ExportedSteps implements StuckSteps {
  /** Longer than any worker needs to come back from a restart. */
  private static final Duration UNCLAIMED_AFTER = Duration.ofMinutes(10);

  private final JdbcClient jdbc;
  private final String engineId;
  private final Clock clock;

  ExportedSteps(JdbcClient jdbc, String engineId, Clock clock) {
    this.jdbc = jdbc;
    this.engineId = engineId;
    this.clock = clock;
  }

  @Override
  public Sight look() {
    return new Seen(
        jdbc.sql(
                """
                select s.*, p.agent_id from (
                  select incident_key as key, element_key, instance_key, process_id, element_id,
                    incident_type as kind, message, job_key, job_type, created_at as since
                  from engine.incident where engine_id = :engine and resolved_at is null
                  union all
                  select job_key, element_key, instance_key, process_id, element_id,
                    :unclaimed, coalesce(error_message, ''), job_key, job_type,
                    coalesce(backoff_until, changed_at)
                  from engine.job
                  where engine_id = :engine and state in ('created', 'failed', 'timed-out')
                    and retries > 0 and coalesce(backoff_until, changed_at) < :silent) s
                left join engine.process_instance p
                  on p.engine_id = :engine and p.instance_key = s.instance_key
                order by s.since, s.key limit 200
                """)
            .param("engine", engineId)
            .param("unclaimed", StuckStep.UNCLAIMED)
            .param("silent", clock.instant().minus(UNCLAIMED_AFTER).atOffset(ZoneOffset.UTC))
            .query((row, number) -> read(row))
            .list());
  }

  private static StuckStep read(ResultSet row) throws SQLException {
    return new StuckStep(
        row.getLong("key"),
        row.getLong("element_key"),
        row.getLong("instance_key"),
        row.getString("process_id"),
        row.getString("element_id"),
        row.getString("kind"),
        row.getString("message"),
        row.getObject("job_key", Long.class),
        row.getString("job_type"),
        row.getString("agent_id"),
        row.getObject("since", OffsetDateTime.class).toInstant());
  }

  @Override
  public boolean isQuick() {
    return true;
  }

  @Override
  public Optional<Root> rootOf(long instanceKey) {
    return jdbc.sql(
            """
            with recursive up as (
              select instance_key, process_id, parent_key from engine.process_instance
              where engine_id = :engine and instance_key = :key
              union all
              select p.instance_key, p.process_id, p.parent_key
              from engine.process_instance p join up on p.instance_key = up.parent_key
              where p.engine_id = :engine)
            select instance_key, process_id from up where parent_key is null
            """)
        .param("engine", engineId)
        .param("key", instanceKey)
        .query((row, number) -> new Root(row.getLong("instance_key"), row.getString("process_id")))
        .optional();
  }
}
