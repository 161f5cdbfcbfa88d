package dev.kodo.model;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The record of all model calls. */
@Component
class ModelCalls {
  private final JdbcClient jdbc;
  private final Clock clock;

  ModelCalls(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * One row of the record.
   *
   * @param cut why the text ends before its end; null when it is whole
   */
  record Entry(
      String callId,
      String agentId,
      String heartbeatId,
      Purpose purpose,
      CallState state,
      ModelUse use,
      @Nullable String costBasis,
      @Nullable Integer thinkingTokens,
      @Nullable String cut,
      @Nullable String schemaLevel) {
    /** The same with what only an answer tells. */
    Entry having(@Nullable Integer thought, @Nullable String cutBy, @Nullable String level) {
      return new Entry(
          callId, agentId, heartbeatId, purpose, state, use, costBasis, thought, cutBy, level);
    }
  }

  /**
   * Records the end of a call once; a second time it changes nothing, unless it was refused. What a
   * refused try has cost is added: some providers charge for errors.
   */
  void record(Entry entry) {
    jdbc.sql(
            """
            insert into model_call (call_id, agent_id, heartbeat_id, purpose, provider, model, rehearsal, state,
                                    input_tokens, output_tokens, cached_tokens, thinking_tokens, cut, schema_level,
                                    cost_usd, cost_basis, duration_ms, finished_at)
            values (:call, :agent, :heartbeat, :purpose, :provider, :model, :rehearsal, :state,
                    :input, :output, :cached, :thinking, :cut, :level, :cost, :basis, :duration, :now)
            on conflict (call_id) do update set
              provider = excluded.provider, model = excluded.model, rehearsal = excluded.rehearsal,
              state = excluded.state, input_tokens = excluded.input_tokens, output_tokens = excluded.output_tokens,
              cached_tokens = excluded.cached_tokens, thinking_tokens = excluded.thinking_tokens,
              cut = excluded.cut, schema_level = excluded.schema_level,
              cost_usd = model_call.cost_usd + excluded.cost_usd, cost_basis = excluded.cost_basis,
              duration_ms = excluded.duration_ms, finished_at = excluded.finished_at
            where model_call.state = 'refused'
            """)
        .param("call", entry.callId())
        .param("agent", entry.agentId())
        .param("heartbeat", entry.heartbeatId())
        .param("purpose", entry.purpose().id())
        .param("provider", entry.use().provider())
        .param("model", entry.use().model())
        .param("rehearsal", entry.use().rehearsal())
        .param("state", entry.state().id())
        .param("input", entry.use().inputTokens())
        .param("output", entry.use().outputTokens())
        .param("cached", entry.use().cachedTokens())
        .param("thinking", entry.thinkingTokens())
        .param("cut", entry.cut())
        .param("level", entry.schemaLevel())
        .param("cost", entry.use().costUsd())
        .param("basis", entry.costBasis())
        .param("duration", entry.use().durationMs())
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .update();
  }

  HeartbeatUse useOf(String agentId, String heartbeatId) {
    return jdbc.sql(
            """
            select coalesce(string_agg(distinct model, ', ' order by model), 'none') as model,
                   coalesce(bool_or(rehearsal), false) as rehearsal,
                   count(*) filter (where state <> 'refused' or cost_usd > 0) as calls,
                   coalesce(sum(input_tokens), 0) as input_tokens,
                   coalesce(sum(output_tokens), 0) as output_tokens,
                   sum(cached_tokens) as cached_tokens,
                   case when bool_or(cost_usd is null) then null else coalesce(sum(cost_usd), 0) end as cost_usd,
                   coalesce(sum(duration_ms), 0) as duration_ms
            from model_call
            where agent_id = :agent and heartbeat_id = :heartbeat
            """)
        .param("agent", agentId)
        .param("heartbeat", heartbeatId)
        .query((row, number) -> use(row))
        .single();
  }

  BigDecimal dearestOf(List<HeartbeatName> heartbeats) {
    if (heartbeats.isEmpty()) {
      return BigDecimal.ZERO;
    }
    return jdbc.sql(
            """
            select coalesce(max(cost), 0) from (
              select sum(cost_usd) as cost from model_call
              where (agent_id, heartbeat_id) in (:heartbeats)
              group by agent_id, heartbeat_id
            ) costs
            """)
        .param(
            "heartbeats",
            heartbeats.stream()
                .map(name -> new Object[] {name.agentId(), name.heartbeatId()})
                .toList())
        .query(BigDecimal.class)
        .single();
  }

  private static HeartbeatUse use(ResultSet row) throws SQLException {
    @Nullable BigDecimal cost = row.getBigDecimal("cost_usd");
    return new HeartbeatUse(
        row.getString("model"),
        row.getBoolean("rehearsal"),
        row.getInt("calls"),
        row.getInt("input_tokens"),
        row.getInt("output_tokens"),
        row.getObject("cached_tokens") == null ? null : row.getInt("cached_tokens"),
        cost,
        row.getLong("duration_ms"));
  }
}
