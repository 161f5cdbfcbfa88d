package dev.kodo.channel;

import dev.kodo.config.KodoProperties;
import dev.kodo.pruning.Remains;
import java.time.Clock;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Notices that the owner got, or could not get, long ago. */
@Component
class OldNotices implements Remains {
  private final JdbcClient jdbc;
  private final KodoProperties properties;
  private final Clock clock;

  OldNotices(JdbcClient jdbc, KodoProperties properties, Clock clock) {
    this.jdbc = jdbc;
    this.properties = properties;
    this.clock = clock;
  }

  @Override
  public String what() {
    return "notices";
  }

  @Override
  public int prune(String agentId, int most) {
    return jdbc.sql(
            """
            with old as (
              select notice_id from notice
              where agent_id = :agent and created_at < :before and process_instance_key is not null
                and not exists (select from notice_delivery delivery
                  where delivery.notice_id = notice.notice_id and delivery.state = 'waiting')
              order by created_at limit :most),
            deliveries as (delete from notice_delivery where notice_id in (select notice_id from old))
            delete from notice where notice_id in (select notice_id from old)
            """)
        .param("agent", agentId)
        .param(
            "before",
            clock.instant().minus(properties.pruning().notices()).atOffset(ZoneOffset.UTC))
        .param("most", most)
        .update();
  }
}
