package dev.kodo.survival;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The tables of tiers and alerts. Writers take the agent's row first, one after the other. */
@Component
class SurvivalStore {
  private final JdbcClient jdbc;
  private final Clock clock;

  SurvivalStore(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  Optional<Standing> find(String agentId) {
    return jdbc.sql("select * from survival where agent_id = :agent")
        .param("agent", agentId)
        .query((row, number) -> read(row))
        .optional();
  }

  /** The agent's standing, kept from other writers until the transaction ends. */
  Standing lock(String agentId) {
    jdbc.sql(
            """
            insert into survival (agent_id, tier, model_class, severity, tier_number, since)
            values (:agent, 'normal', 'best', 0, 0, :now)
            on conflict do nothing
            """)
        .param("agent", agentId)
        .param("now", now())
        .update();
    return jdbc.sql("select * from survival where agent_id = :agent for update")
        .param("agent", agentId)
        .query((row, number) -> read(row))
        .single();
  }

  void recordMeasurement(String agentId, Spending spending) {
    jdbc.sql(
            """
            update survival set share = :share, spent_usd = :spent, cap_usd = :cap, cap_of = :of, day = :day,
              day_ends_at = :ends, measured_at = :now, unmeasured_since = null, unmeasured_reason = null
            where agent_id = :agent
            """)
        .param("agent", agentId)
        .param("share", spending.share())
        .param("spent", spending.spent())
        .param("cap", spending.cap())
        .param("of", spending.capOf())
        .param("day", spending.day())
        .param("ends", Instant.parse(spending.dayEndsAt()).atOffset(ZoneOffset.UTC))
        .param("now", now())
        .update();
  }

  void recordUnmeasured(String agentId, String reason) {
    jdbc.sql(
            """
            update survival set unmeasured_since = coalesce(unmeasured_since, :now), unmeasured_reason = :reason
            where agent_id = :agent
            """)
        .param("agent", agentId)
        .param("reason", reason)
        .param("now", now())
        .update();
  }

  /** Moves the agent into another tier and keeps the change in the history. */
  void recordChange(String agentId, Standing from, NewTier to) {
    jdbc.sql(
            """
            update survival set tier = :tier, model_class = :class, severity = :severity, needs_help = :help,
              tier_number = :number, since = :now
            where agent_id = :agent
            """)
        .param("agent", agentId)
        .param("tier", to.tier())
        .param("class", to.modelClass())
        .param("severity", to.severity())
        .param("help", to.needsHelp())
        .param("number", from.tierNumber() + 1)
        .param("now", now())
        .update();
    jdbc.sql(
            """
            insert into survival_change (agent_id, tier_number, previous_tier, tier, share, changed_at)
            select agent_id, tier_number, :previous, tier, share, since from survival where agent_id = :agent
            """)
        .param("agent", agentId)
        .param("previous", from.tier())
        .update();
  }

  /** A tier that the table has decided in full. */
  record NewTier(String tier, String modelClass, int severity, boolean needsHelp) {}

  /**
   * Marks steps of the day's budget as told.
   *
   * @return those that were not told before on the day of the last measurement
   */
  List<Integer> newAlerts(String agentId, List<Integer> percents) {
    return percents.stream().filter(percent -> isNewAlert(agentId, percent)).toList();
  }

  private boolean isNewAlert(String agentId, int percent) {
    return jdbc.sql(
                """
                insert into survival_alert (agent_id, day, percent, raised_at)
                select agent_id, day, :percent, :now from survival where agent_id = :agent and day is not null
                on conflict do nothing
                """)
            .param("agent", agentId)
            .param("percent", percent)
            .param("now", now())
            .update()
        == 1;
  }

  /** The budget's day of the last measurement. */
  String day(String agentId) {
    return jdbc.sql("select day from survival where agent_id = :agent")
        .param("agent", agentId)
        .query(String.class)
        .single();
  }

  /** Whether the last change of the tier is still to be told to running beats. */
  boolean hasTierNews(String agentId) {
    return jdbc.sql(
            "select exists (select from survival where agent_id = :agent and tier_number > told_number)")
        .param("agent", agentId)
        .query(Boolean.class)
        .single();
  }

  void recordTold(String agentId, long tierNumber) {
    jdbc.sql(
            """
            update survival set told_number = greatest(told_number, :number) where agent_id = :agent
            """)
        .param("agent", agentId)
        .param("number", tierNumber)
        .update();
  }

  /** Marks the last change as asked about; false when it was before. */
  boolean markAsked(String agentId) {
    return jdbc.sql(
                """
                update survival set asked_number = tier_number where agent_id = :agent and asked_number < tier_number
                """)
            .param("agent", agentId)
            .update()
        == 1;
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }

  private static Standing read(ResultSet row) throws SQLException {
    return new Standing(
        row.getString("tier"),
        row.getString("model_class"),
        row.getInt("severity"),
        row.getBoolean("needs_help"),
        row.getLong("tier_number"),
        row.getObject("since", OffsetDateTime.class).toInstant(),
        row.getBigDecimal("share"),
        row.getBigDecimal("spent_usd"),
        row.getBigDecimal("cap_usd"),
        row.getString("cap_of"),
        instant(row, "day_ends_at"),
        instant(row, "measured_at"),
        instant(row, "unmeasured_since"),
        row.getString("unmeasured_reason"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
