package dev.kodo.worker;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The write-ahead record of effects in PostgreSQL. A row is committed before an outside call is
 * made, so that after a crash a begun call can be told from one that was never made.
 */
@Component
class EffectLedger {
  private static final Logger LOG = LoggerFactory.getLogger(EffectLedger.class);

  private final JdbcClient jdbc;
  private final Clock clock;

  EffectLedger(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * What is known about an effect. A row of another origin is a foreign engine's: it is removed and
   * counts as absent.
   */
  Effect find(EffectKey key, EffectOrigin origin) {
    Optional<Row> found =
        jdbc.sql(
                """
                select *, coalesce(process_instance_key, :instance) = :instance
                    and coalesce(job_type, :type) = :type as own
                from effect where engine_id = :engine and element_instance_key = :element and step = :step
                """)
            .param("engine", key.engineId())
            .param("element", key.elementInstanceKey())
            .param("step", key.step())
            .param("instance", origin.processInstanceKey())
            .param("type", origin.jobType())
            .query((row, number) -> new Row(read(row), row.getBoolean("own")))
            .optional();
    if (found.isPresent() && !found.get().own()) {
      removeForeign(key, origin);
      return new Effect.Absent();
    }
    return found.map(Row::effect).orElseGet(Effect.Absent::new);
  }

  /**
   * @param own whether the one who asks has written it
   */
  private record Row(Effect effect, boolean own) {}

  private void removeForeign(EffectKey key, EffectOrigin origin) {
    LOG.warn(
        "A stored result under {} belonged to another engine of the same id, and is removed. Give an engine that begins anew an id of its own.",
        key.text());
    jdbc.sql(
            """
            delete from effect
            where engine_id = :engine and element_instance_key = :element and step = :step
              and (process_instance_key <> :instance or job_type <> :type)
            """)
        .param("engine", key.engineId())
        .param("element", key.elementInstanceKey())
        .param("step", key.step())
        .param("instance", origin.processInstanceKey())
        .param("type", origin.jobType())
        .update();
  }

  /** The result kept under this step, or under a step that begins with it and a colon. */
  Optional<StoredCall<String>> findDone(EffectKey key, EffectOrigin origin) {
    return jdbc.sql(
            """
            select step, result from effect
            where engine_id = :engine and element_instance_key = :element and state = 'done'
              and (step = :step or starts_with(step, :step || ':'))
              and coalesce(process_instance_key, :instance) = :instance and coalesce(job_type, :type) = :type
            order by step limit 1
            """)
        .param("engine", key.engineId())
        .param("element", key.elementInstanceKey())
        .param("step", key.step())
        .param("instance", origin.processInstanceKey())
        .param("type", origin.jobType())
        .query((row, number) -> new StoredCall<>(row.getString("step"), row.getString("result")))
        .optional();
  }

  /**
   * Records that {@code owner} begins the effect. False when somebody else began it in the
   * meantime.
   */
  boolean begin(EffectKey key, EffectOrigin origin, UUID owner, Duration lease) {
    return jdbc.sql(
                """
                insert into effect (engine_id, element_instance_key, step, agent_id, process_instance_key, job_type, state, owner,
                  lease_until, started_at)
                values (:engine, :element, :step, :agent, :instance, :type, 'started', :owner, :lease, :now)
                on conflict do nothing
                """)
            .param("engine", key.engineId())
            .param("element", key.elementInstanceKey())
            .param("step", key.step())
            .param("agent", origin.agentId())
            .param("instance", origin.processInstanceKey())
            .param("type", origin.jobType())
            .param("owner", owner)
            .param("lease", utc(clock.instant().plus(lease)))
            .param("now", utc(clock.instant()))
            .update()
        == 1;
  }

  /**
   * Takes a begun effect over from an owner whose lease has ended. False when somebody was faster.
   */
  boolean takeOver(EffectKey key, Effect.Started from, UUID owner, Duration lease) {
    return jdbc.sql(
                """
                update effect set owner = :owner, lease_until = :lease
                where engine_id = :engine and element_instance_key = :element and step = :step
                  and state = 'started' and owner = :from and lease_until <= :now
                """)
            .param("engine", key.engineId())
            .param("element", key.elementInstanceKey())
            .param("step", key.step())
            .param("owner", owner)
            .param("from", from.owner())
            .param("lease", utc(clock.instant().plus(lease)))
            .param("now", utc(clock.instant()))
            .update()
        == 1;
  }

  void extend(EffectKey key, UUID owner, Duration lease) {
    jdbc.sql(
            """
            update effect set lease_until = :lease
            where engine_id = :engine and element_instance_key = :element and state = 'started' and owner = :owner
            """)
        .param("engine", key.engineId())
        .param("element", key.elementInstanceKey())
        .param("owner", owner)
        .param("lease", utc(clock.instant().plus(lease)))
        .update();
  }

  /**
   * Stores the result of a begun effect.
   *
   * @throws JobFailure (abandon) when {@code owner} has lost the effect to somebody else
   */
  void finish(EffectKey key, UUID owner, String result) {
    int rows =
        jdbc.sql(
                """
                update effect set state = 'done', result = cast(:result as jsonb), finished_at = :now
                where engine_id = :engine and element_instance_key = :element and step = :step
                  and state = 'started' and owner = :owner
                """)
            .param("engine", key.engineId())
            .param("element", key.elementInstanceKey())
            .param("step", key.step())
            .param("owner", owner)
            .param("result", result)
            .param("now", utc(clock.instant()))
            .update();
    if (rows != 1) {
      throw JobFailure.abandoned("Effect " + key.text() + " was taken over by another worker.");
    }
  }

  /** Forgets a begun effect that certainly did not happen, so that it may be tried again. */
  void forget(EffectKey key, UUID owner) {
    jdbc.sql(
            """
            delete from effect
            where engine_id = :engine and element_instance_key = :element and step = :step
              and state = 'started' and owner = :owner
            """)
        .param("engine", key.engineId())
        .param("element", key.elementInstanceKey())
        .param("step", key.step())
        .param("owner", owner)
        .update();
  }

  void markUnknown(EffectKey key) {
    jdbc.sql(
            """
            update effect set state = 'unknown', finished_at = :now
            where engine_id = :engine and element_instance_key = :element and step = :step and state = 'started'
            """)
        .param("engine", key.engineId())
        .param("element", key.elementInstanceKey())
        .param("step", key.step())
        .param("now", utc(clock.instant()))
        .update();
  }

  private static Effect read(ResultSet row) throws SQLException {
    String state = row.getString("state");
    return switch (state) {
      case "started" ->
          new Effect.Started(
              row.getObject("owner", UUID.class),
              row.getObject("lease_until", OffsetDateTime.class).toInstant());
      case "done" -> new Effect.Done(row.getString("result"));
      case "unknown" -> new Effect.Unknown();
      default ->
          throw new IllegalStateException(
              "Expected started, done or unknown but the effect is " + state);
    };
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
