package dev.kodo.process;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads what the local engine's exporter has written into the schema {@code engine}. */
final class ExportedSteps implements StuckSteps {
  /** Longer than any worker needs to come back from a restart. */
  private static final Duration UNCLAIMED_AFTER = Duration.ofMinutes(10);

  /**
   * What may be stuck. A job waits for a worker since it may be taken and this body could take it,
   * whichever came later.
   */
  private static final String WAITING =
      """
      select s.*, p.agent_id from (
        select incident_key as key, element_key, instance_key, process_id, element_id,
          incident_type as kind, message, job_key, job_type, created_at as since
        from engine.incident where engine_id = :engine and resolved_at is null
        union all
        select job_key, element_key, instance_key, process_id, element_id,
          :unclaimed, coalesce(error_message, ''), job_key, job_type,
          greatest(coalesce(backoff_until, changed_at), :able)
        from engine.job
        where engine_id = :engine and state in ('created', 'failed', 'timed-out') and retries > 0) s
      left join engine.process_instance p
        on p.engine_id = :engine and p.instance_key = s.instance_key
      """;

  private static final String STUCK =
      WAITING + "where (s.kind <> :unclaimed or s.since < :silent)\n";
  private static final String OLDEST = "order by s.since, s.key limit " + MOST;

  private final JdbcClient jdbc;
  private final String engineId;
  private final EngineContact contact;
  private final Clock clock;

  ExportedSteps(JdbcClient jdbc, String engineId, EngineContact contact, Clock clock) {
    this.jdbc = jdbc;
    this.engineId = engineId;
    this.contact = contact;
    this.clock = clock;
  }

  @Override
  public Sight look() {
    return sight(STUCK + OLDEST, Map.of());
  }

  @Override
  public Sight lookAt(String agentId) {
    return sight(STUCK + "and p.agent_id = :agent\n" + OLDEST, Map.of("agent", agentId));
  }

  @Override
  public Sight lookAgainAt(Set<StuckStep.Known> steps) {
    if (steps.isEmpty()) {
      return new Seen(List.of());
    }
    return sight(
        WAITING
            + """
            where s.kind <> :unclaimed and s.element_key in (:elements)
              or s.kind = :unclaimed and s.key in (:steps)
            order by s.since, s.key
            """,
        Map.of(
            "elements", steps.stream().map(StuckStep.Known::elementKey).toList(),
            "steps", steps.stream().map(StuckStep.Known::key).toList()));
  }

  private Sight sight(String sql, Map<String, Object> wanted) {
    Instant now = clock.instant();
    Blind blind = blindness(now);
    if (blind != null) {
      return blind;
    }
    return new Seen(
        jdbc.sql(sql)
            .param("engine", engineId)
            .param("unclaimed", StuckStep.UNCLAIMED)
            .param("able", contact.steadySince().orElse(now).atOffset(ZoneOffset.UTC))
            .param("silent", now.minus(UNCLAIMED_AFTER).atOffset(ZoneOffset.UTC))
            .params(wanted)
            .query((row, number) -> read(row))
            .list());
  }

  /** Why the tables do not tell what is so, or null when they do. */
  private @Nullable Blind blindness(Instant now) {
    Instant reached = reachedAt();
    if (reached == null) {
      return new Blind("The engine has never written a record; see `kodo logs engine`.");
    }
    if (contact.mayTrust(reached)) {
      return null;
    }
    if (!contact.hasBegun()) {
      return new Blind(
          "The workers have ended no job since they started, so nobody knows yet whether the engine's records are complete; look again in a minute.");
    }
    return new Blind(
        "The engine works, but its records are written only up to %s, %d minutes ago; see `kodo logs engine`."
            .formatted(reached, Duration.between(reached, now).toMinutes()));
  }

  private @Nullable Instant reachedAt() {
    return jdbc.sql(
            "select exported_at from engine.export_position where engine_id = :engine and position > 0 order by 1 desc limit 1")
        .param("engine", engineId)
        .query(OffsetDateTime.class)
        .optional()
        .map(OffsetDateTime::toInstant)
        .orElse(null);
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
