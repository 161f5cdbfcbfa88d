package dev.kodo.process;

import dev.kodo.testing.TestDatabase;
import dev.kodo.testing.TestProperties;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows as the engine's exporter writes them, for tests of features. */
public final class RecordedProcesses {
  private final TestDatabase database;

  public RecordedProcesses(TestDatabase database) {
    this.database = database;
  }

  public ProcessRecords records(String view) {
    return new ProcessRecords(
        database.jdbc(), TestProperties.in(Path.of("none"), Map.of("kodo.engine-view", view)));
  }

  public void definition(String engine, long key, String process, int version) {
    database
        .jdbc()
        .sql(
            """
            insert into engine.process_definition (engine_id, definition_key, process_id, version, resource_name,
              resource, deployed_at)
            values (:engine, :key, :process, :version, 'heart.bpmn', '<bpmn ' || :version || '/>', now())
            """)
        .param("engine", engine)
        .param("key", key)
        .param("process", process)
        .param("version", version)
        .update();
  }

  public void instance(
      String engine, long key, long definition, @Nullable Long parent, String state, int hoursAgo) {
    database
        .jdbc()
        .sql(
            """
            insert into engine.process_instance (engine_id, instance_key, process_id, version, definition_key,
              parent_key, agent_id, state, started_at, ended_at)
            values (:engine, :key, 'heart', 1, :definition, :parent, 'main', :state,
              now() - make_interval(hours => :ago), case when :state = 'active' then null else now() end)
            """)
        .param("engine", engine)
        .param("key", key)
        .param("definition", definition)
        .param("parent", parent)
        .param("state", state)
        .param("ago", hoursAgo)
        .update();
  }

  public void token(String engine, long key, long instance, String element, String type) {
    database
        .jdbc()
        .sql(
            """
            insert into engine.element_instance (engine_id, element_key, instance_key, element_id, element_type, entered_at)
            values (:engine, :key, :instance, :element, :type, now())
            """)
        .param("engine", engine)
        .param("key", key)
        .param("instance", instance)
        .param("element", element)
        .param("type", type)
        .update();
  }

  public void count(long instance, String element, long completed) {
    database
        .jdbc()
        .sql("insert into engine.element_count values ('test-engine', :instance, :element, :count)")
        .param("instance", instance)
        .param("element", element)
        .param("count", completed)
        .update();
  }

  public void incident(long key, long instance, String element, @Nullable String resolved) {
    database
        .jdbc()
        .sql(
            """
            insert into engine.incident (engine_id, incident_key, instance_key, element_key, process_id, element_id,
              incident_type, message, created_at, resolved_at)
            values ('test-engine', :key, :instance, 1, 'heart', :element, 'JOB_NO_RETRIES', 'why', now(), %s)
            """
                .formatted(resolved))
        .param("key", key)
        .param("instance", instance)
        .param("element", element)
        .update();
  }
}
