package dev.kodo.process;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The record of what Kodo itself deployed to an engine. */
@Component
class DeployedResources {
  private final JdbcClient jdbc;
  private final Clock clock;

  DeployedResources(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * Content hash of what was deployed last under this name; empty when this engine does not know it
   * from Kodo.
   */
  Optional<String> lastHash(String engineId, String resource) {
    return jdbc.sql(
            """
            select sha256 from deployed_resource where engine_id = :engine and resource = :resource
            order by deployed_at desc limit 1
            """)
        .param("engine", engineId)
        .param("resource", resource)
        .query(String.class)
        .optional();
  }

  /** The engine's version of what was deployed last under this name; 0 when there is none. */
  int lastVersion(String engineId, String resource) {
    return jdbc.sql(
            """
            select version from deployed_resource where engine_id = :engine and resource = :resource
            order by deployed_at desc limit 1
            """)
        .param("engine", engineId)
        .param("resource", resource)
        .query(Integer.class)
        .optional()
        .orElse(0);
  }

  boolean any(String engineId) {
    return jdbc.sql("select exists (select from deployed_resource where engine_id = :engine)")
        .param("engine", engineId)
        .query(Boolean.class)
        .single();
  }

  int deployedInLastDay(String engineId, String resource) {
    return jdbc.sql(
            """
            select count(*) from deployed_resource
            where engine_id = :engine and resource = :resource and deployed_at > :since
            """)
        .param("engine", engineId)
        .param("resource", resource)
        .param("since", clock.instant().minus(Duration.ofDays(1)).atOffset(ZoneOffset.UTC))
        .query(Integer.class)
        .single();
  }

  void record(String engineId, Resource resource, int version) {
    jdbc.sql(
            """
            insert into deployed_resource (engine_id, resource, sha256, version, deployed_at)
            values (:engine, :resource, :sha, :version, :now)
            """)
        .param("engine", engineId)
        .param("resource", resource.name())
        .param("sha", resource.sha256())
        .param("version", version)
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .update();
  }
}
