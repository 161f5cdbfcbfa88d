package dev.kodo.worker;

import dev.kodo.config.KodoProperties;
import dev.kodo.process.ProcessEngine;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Removes effects that no job can ask for again. A job belongs to an element instance; the engine
 * hands it out again only while it knows that instance. So the engine is asked, and age alone
 * removes nothing.
 */
@Component
public class EffectPruning {
  private final JdbcClient jdbc;
  private final ProcessEngine engine;
  private final KodoProperties properties;
  private final Clock clock;

  EffectPruning(JdbcClient jdbc, ProcessEngine engine, KodoProperties properties, Clock clock) {
    this.jdbc = jdbc;
    this.engine = engine;
    this.properties = properties;
    this.clock = clock;
  }

  private record Old(long elementInstanceKey, @Nullable Long processInstanceKey) {}

  /**
   * Removes the oldest effects of an agent.
   *
   * @param kept how long an effect stays after its end, in any case
   * @param most how many element instances are looked at
   * @return how many rows were removed
   */
  public int prune(String agentId, Duration kept, int most) {
    OffsetDateTime before = clock.instant().minus(kept).atOffset(ZoneOffset.UTC);
    Map<Long, Boolean> running = new HashMap<>();
    List<Long> gone = new ArrayList<>();
    for (Old old : old(agentId, before, most)) {
      if (!isLive(old, running)) {
        gone.add(old.elementInstanceKey());
      }
    }
    return gone.isEmpty() ? 0 : remove(gone, before);
  }

  /** Most element instances end with their process instance, which is asked about once. */
  private boolean isLive(Old old, Map<Long, Boolean> running) {
    Long instance = old.processInstanceKey();
    boolean instanceLives =
        instance == null || running.computeIfAbsent(instance, engine::isRunning);
    return instanceLives && engine.isRunning(old.elementInstanceKey());
  }

  private List<Old> old(String agentId, OffsetDateTime before, int most) {
    return jdbc.sql(
            """
            select element_instance_key, max(process_instance_key) as process_instance_key from effect
            where engine_id = :engine and agent_id = :agent
            group by element_instance_key
            having max(coalesce(finished_at, lease_until)) < :before
            order by max(coalesce(finished_at, lease_until)), element_instance_key limit :most
            """)
        .param("engine", properties.engineId())
        .param("agent", agentId)
        .param("before", before)
        .param("most", most)
        .query(
            (row, number) ->
                new Old(
                    row.getLong("element_instance_key"),
                    row.getObject("process_instance_key", Long.class)))
        .list();
  }

  private int remove(List<Long> elements, OffsetDateTime before) {
    return jdbc.sql(
            """
            delete from effect where engine_id = :engine and element_instance_key in (:elements)
              and coalesce(finished_at, lease_until) < :before
            """)
        .param("engine", properties.engineId())
        .param("elements", elements)
        .param("before", before)
        .update();
  }
}
