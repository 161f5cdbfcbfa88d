package dev.kodo.process;

import dev.kodo.config.KodoProperties;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What the local engine's exporter has written down about processes: their diagrams as deployed,
 * where their tokens stand, and how often each element was completed.
 */
@Component
public class ProcessRecords {
  private static final int MOST_INSTANCES = 20;

  private final JdbcClient jdbc;
  private final KodoProperties properties;

  ProcessRecords(JdbcClient jdbc, KodoProperties properties) {
    this.jdbc = jdbc;
    this.properties = properties;
  }

  /**
   * A diagram as the engine has it.
   *
   * @param bpmn the file as it was deployed
   */
  public record Definition(long key, String processId, int version, String bpmn) {}

  /**
   * @param state {@code active}, {@code completed} or {@code terminated}
   * @param parentKey the instance that called it, or null
   */
  public record Instance(
      long key,
      long definitionKey,
      String processId,
      @Nullable Long parentKey,
      @Nullable String agentId,
      String state,
      Instant startedAt,
      @Nullable Instant endedAt) {}

  /**
   * An element of the diagram.
   *
   * @param tokens how many stand there now
   * @param incidents how many of these are stuck
   * @param completed how often it was left
   */
  public record Element(String id, long tokens, long incidents, long completed) {}

  /** Whether this installation can see into its engine in this way. */
  public boolean areKept() {
    return properties.engineView() == KodoProperties.EngineView.RECORDS;
  }

  /** The newest version of a process. */
  public Optional<Definition> latest(String processId) {
    return jdbc.sql(
            """
            select * from engine.process_definition
            where engine_id = :engine and process_id = :process order by version desc limit 1
            """)
        .param("engine", properties.engineId())
        .param("process", processId)
        .query((row, number) -> definition(row))
        .optional();
  }

  public Optional<Definition> definition(long key) {
    return jdbc.sql(
            "select * from engine.process_definition where engine_id = :engine and definition_key = :key")
        .param("engine", properties.engineId())
        .param("key", key)
        .query((row, number) -> definition(row))
        .optional();
  }

  /** Ids of all processes that were ever deployed. */
  public List<String> processIds() {
    return jdbc.sql(
            "select distinct process_id from engine.process_definition where engine_id = :engine order by 1")
        .param("engine", properties.engineId())
        .query(String.class)
        .list();
  }

  public Optional<Instance> instance(long key) {
    return jdbc.sql(
            "select * from engine.process_instance where engine_id = :engine and instance_key = :key")
        .param("engine", properties.engineId())
        .param("key", key)
        .query((row, number) -> instance(row))
        .optional();
  }

  /** Instances of a process, those that run first, then the newest; at most 20. */
  public List<Instance> instances(String processId) {
    return jdbc.sql(
            """
            select * from engine.process_instance where engine_id = :engine and process_id = :process
            order by state <> 'active', started_at desc, instance_key desc limit :most
            """)
        .param("engine", properties.engineId())
        .param("process", processId)
        .param("most", MOST_INSTANCES)
        .query((row, number) -> instance(row))
        .list();
  }

  /** Instances that an instance called and waits for. */
  public List<Instance> calledBy(long key) {
    return jdbc.sql(
            """
            select * from engine.process_instance
            where engine_id = :engine and parent_key = :key and state = 'active' order by instance_key
            """)
        .param("engine", properties.engineId())
        .param("key", key)
        .query((row, number) -> instance(row))
        .list();
  }

  /**
   * The elements that hold a token or were completed.
   *
   * @param instanceKey of one instance, or null for all instances of the process that are kept
   */
  public List<Element> elements(String processId, @Nullable Long instanceKey) {
    return jdbc.sql(
            """
            with chosen as (
              select instance_key from engine.process_instance
              where engine_id = :engine and process_id = :process
                and (cast(:instance as bigint) is null or instance_key = :instance)),
            tokens as (
              select element_id, count(*) as tokens from engine.element_instance e join chosen using (instance_key)
              where e.engine_id = :engine and e.element_type <> 'PROCESS' group by element_id),
            stuck as (
              select element_id, count(*) as incidents from engine.incident i join chosen using (instance_key)
              where i.engine_id = :engine and i.resolved_at is null group by element_id),
            done as (
              select element_id, sum(completed) as completed from engine.element_count c join chosen using (instance_key)
              where c.engine_id = :engine group by element_id)
            select element_id, coalesce(tokens, 0) as tokens, coalesce(incidents, 0) as incidents,
              coalesce(completed, 0) as completed
            from tokens full join stuck using (element_id) full join done using (element_id) order by element_id
            """)
        .param("engine", properties.engineId())
        .param("process", processId)
        .param("instance", instanceKey)
        .query(
            (row, number) ->
                new Element(
                    row.getString("element_id"),
                    row.getLong("tokens"),
                    row.getLong("incidents"),
                    row.getLong("completed")))
        .list();
  }

  private static Definition definition(ResultSet row) throws SQLException {
    return new Definition(
        row.getLong("definition_key"),
        row.getString("process_id"),
        row.getInt("version"),
        row.getString("resource"));
  }

  private static Instance instance(ResultSet row) throws SQLException {
    OffsetDateTime ended = row.getObject("ended_at", OffsetDateTime.class);
    return new Instance(
        row.getLong("instance_key"),
        row.getLong("definition_key"),
        row.getString("process_id"),
        row.getObject("parent_key", Long.class),
        row.getString("agent_id"),
        row.getString("state"),
        row.getObject("started_at", OffsetDateTime.class).toInstant(),
        ended == null ? null : ended.toInstant());
  }
}
