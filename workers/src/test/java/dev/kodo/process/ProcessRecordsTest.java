package dev.kodo.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kodo.process.ProcessRecords.Element;
import dev.kodo.testing.TestDatabase;
import dev.kodo.testing.TestProperties;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Questions about the exporter's tables, on the real schema. */
@Tag("slow")
class ProcessRecordsTest {
  private final TestDatabase database = TestDatabase.fresh().withEngineRecords();
  private final ProcessRecords records = records("records");

  @BeforeEach
  void record() {
    definition("test-engine", 1, "heart", 1);
    definition("test-engine", 2, "heart", 2);
    definition("other-engine", 3, "heart", 9);
    instance("test-engine", 10, 1, null, "completed", 3);
    instance("test-engine", 11, 2, null, "active", 2);
    instance("test-engine", 12, 2, 11L, "active", 1);
    instance("other-engine", 13, 3, null, "active", 0);
    token("test-engine", 100, 11, "Task_A", "SERVICE_TASK");
    token("test-engine", 101, 12, "Task_A", "SERVICE_TASK");
    token("test-engine", 102, 11, "heart", "PROCESS");
    token("other-engine", 103, 13, "Task_A", "SERVICE_TASK");
    count(10, "Task_A", 4);
    count(11, "Task_A", 2);
    count(11, "Task_B", 1);
    incident(200, 11, "Task_A", null);
    incident(201, 11, "Task_B", "now()");
  }

  @Test
  void sumsOverAllInstancesOfThisEngine() {
    assertThat(records.elements("heart", null))
        .containsExactly(new Element("Task_A", 2, 1, 6), new Element("Task_B", 0, 0, 1));
  }

  @Test
  void tellsOfOneInstanceAlone() {
    assertThat(records.elements("heart", 12L)).containsExactly(new Element("Task_A", 1, 0, 0));
    assertThat(records.elements("heart", 10L)).containsExactly(new Element("Task_A", 0, 0, 4));
    assertThat(records.elements("heart", 13L)).as("of another engine").isEmpty();
  }

  @Test
  void findsDefinitionsAndInstances() {
    assertThat(records.latest("heart").orElseThrow().version()).isEqualTo(2);
    assertThat(records.latest("hart")).isEmpty();
    assertThat(records.processIds()).containsExactly("heart");
    assertThat(records.definition(1).orElseThrow().bpmn()).isEqualTo("<bpmn 1/>");
    assertThat(records.definition(3)).as("of another engine").isEmpty();
    assertThat(records.instances("heart"))
        .extracting(ProcessRecords.Instance::key)
        .as("what runs comes first, then the newest")
        .containsExactly(12L, 11L, 10L);
    assertThat(records.calledBy(11)).extracting(ProcessRecords.Instance::key).containsExactly(12L);
    assertThat(records.instance(13)).isEmpty();
  }

  @Test
  void knowsWhenNothingIsKept() {
    assertThat(records.areKept()).isTrue();
    assertThat(records("none").areKept()).isFalse();
  }

  private ProcessRecords records(String view) {
    return new ProcessRecords(
        database.jdbc(), TestProperties.in(Path.of("none"), Map.of("kodo.engine-view", view)));
  }

  private void definition(String engine, long key, String process, int version) {
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

  private void instance(
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

  private void token(String engine, long key, long instance, String element, String type) {
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

  private void count(long instance, String element, long completed) {
    database
        .jdbc()
        .sql("insert into engine.element_count values ('test-engine', :instance, :element, :count)")
        .param("instance", instance)
        .param("element", element)
        .param("count", completed)
        .update();
  }

  private void incident(long key, long instance, String element, @Nullable String resolved) {
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
