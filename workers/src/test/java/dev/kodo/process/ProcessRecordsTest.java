package dev.kodo.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kodo.process.ProcessRecords.Element;
import dev.kodo.testing.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Questions about the exporter's tables, on the real schema. */
@Tag("slow")
class ProcessRecordsTest {
  private final TestDatabase database = TestDatabase.fresh().withEngineRecords();
  private final RecordedProcesses recorded = new RecordedProcesses(database);
  private final ProcessRecords records = recorded.records("records");

  @BeforeEach
  void record() {
    recorded.definition("test-engine", 1, "heart", 1);
    recorded.definition("test-engine", 2, "heart", 2);
    recorded.definition("other-engine", 3, "heart", 9);
    recorded.instance("test-engine", 10, 1, null, "completed", 3);
    recorded.instance("test-engine", 11, 2, null, "active", 2);
    recorded.instance("test-engine", 12, 2, 11L, "active", 1);
    recorded.instance("other-engine", 13, 3, null, "active", 0);
    recorded.token("test-engine", 100, 11, "Task_A", "SERVICE_TASK");
    recorded.token("test-engine", 101, 12, "Task_A", "SERVICE_TASK");
    recorded.token("test-engine", 102, 11, "heart", "PROCESS");
    recorded.token("other-engine", 103, 13, "Task_A", "SERVICE_TASK");
    recorded.count(10, "Task_A", 4);
    recorded.count(11, "Task_A", 2);
    recorded.count(11, "Task_B", 1);
    recorded.incident(200, 11, "Task_A", null);
    recorded.incident(201, 11, "Task_B", "now()");
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
    assertThat(recorded.records("none").areKept()).isFalse();
  }
}
