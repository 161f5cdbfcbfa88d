package dev.kodo.session;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The record of what was removed. */
@Component
public class PruningRecord {
  private final JdbcClient jdbc;
  private final Clock clock;

  PruningRecord(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * What was removed of an agent since its beginning.
   *
   * @param at the last look
   * @param effects stored results of jobs
   * @param records everything else
   */
  public record Pruned(Instant at, long effects, long records) {}

  /** Empty before the first look. */
  public Optional<Pruned> of(String agentId) {
    return jdbc.sql("select * from pruning where agent_id = :agent")
        .param("agent", agentId)
        .query((row, number) -> read(row))
        .optional();
  }

  void add(String agentId, long effects, long records) {
    jdbc.sql(
            """
            insert into pruning (agent_id, pruned_at, effects, records) values (:agent, :now, :effects, :records)
            on conflict (agent_id) do update set pruned_at = excluded.pruned_at,
              effects = pruning.effects + excluded.effects, records = pruning.records + excluded.records
            """)
        .param("agent", agentId)
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .param("effects", effects)
        .param("records", records)
        .update();
  }

  private static Pruned read(ResultSet row) throws SQLException {
    return new Pruned(
        row.getObject("pruned_at", OffsetDateTime.class).toInstant(),
        row.getLong("effects"),
        row.getLong("records"));
  }
}
