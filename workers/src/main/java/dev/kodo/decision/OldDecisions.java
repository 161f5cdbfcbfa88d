package dev.kodo.decision;

import dev.kodo.config.KodoProperties;
import dev.kodo.pruning.Remains;
import java.time.Clock;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Questions that were answered, or fell due, long ago. */
@Component
class OldDecisions implements Remains {
  private final JdbcClient jdbc;
  private final KodoProperties properties;
  private final Clock clock;

  OldDecisions(JdbcClient jdbc, KodoProperties properties, Clock clock) {
    this.jdbc = jdbc;
    this.properties = properties;
    this.clock = clock;
  }

  @Override
  public String what() {
    return "answered questions";
  }

  @Override
  public int prune(String agentId, int most) {
    return jdbc.sql(
            """
            delete from decision where decision_id in (
              select decision_id from decision
              where agent_id = :agent and state <> 'open' and coalesce(answered_at, due_at) < :before
              order by decision_id limit :most)
            """)
        .param("agent", agentId)
        .param(
            "before",
            clock.instant().minus(properties.pruning().decisions()).atOffset(ZoneOffset.UTC))
        .param("most", most)
        .update();
  }
}
