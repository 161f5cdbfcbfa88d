package dev.kodo.process.scenario;

import io.camunda.zeebe.protocol.record.Record;
import io.camunda.zeebe.protocol.record.intent.IncidentIntent;
import io.camunda.zeebe.protocol.record.intent.Intent;
import io.camunda.zeebe.protocol.record.intent.ProcessInstanceIntent;
import io.camunda.zeebe.protocol.record.value.BpmnElementType;
import io.camunda.zeebe.protocol.record.value.ProcessInstanceRecordValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the engine saw of a life, whatever body lived it.
 *
 * @param beats process instances of {@code heartbeat} that ran to an end
 * @param mostBeatsAtOnce how many of them ever lived at the same time
 * @param logged those whose activity log was written
 * @param closed those that ended in {@code EndEvent_HeartbeatClosed}
 * @param themes {@code start} and {@code end} in the order in which they were completed
 */
public record WeekRecord(
    Set<Long> beats,
    int mostBeatsAtOnce,
    Set<Long> logged,
    Set<Long> closed,
    List<String> themes,
    long incidents) {

  static WeekRecord of(List<Record<?>> events) {
    Counting counting = new Counting();
    events.forEach(counting::see);
    return new WeekRecord(
        counting.beats,
        counting.mostAtOnce,
        counting.logged,
        counting.closed,
        counting.themes,
        counting.incidents);
  }

  private static final class Counting {
    private final Set<Long> living = new HashSet<>();
    private final Set<Long> beats = new HashSet<>();
    private final Set<Long> logged = new HashSet<>();
    private final Set<Long> closed = new HashSet<>();
    private final List<String> themes = new ArrayList<>();
    private int mostAtOnce;
    private long incidents;

    void see(Record<?> event) {
      if (event.getIntent() == IncidentIntent.CREATED) {
        incidents++;
      } else if (event.getValue() instanceof ProcessInstanceRecordValue element) {
        see(event.getIntent(), element);
      }
    }

    private void see(Intent intent, ProcessInstanceRecordValue element) {
      long instance = element.getProcessInstanceKey();
      if (isBeat(element) && intent == ProcessInstanceIntent.ELEMENT_ACTIVATED) {
        living.add(instance);
        mostAtOnce = Math.max(mostAtOnce, living.size());
      } else if (intent == ProcessInstanceIntent.ELEMENT_COMPLETED) {
        completed(instance, element);
      }
    }

    private void completed(long instance, ProcessInstanceRecordValue element) {
      switch (element.getElementId()) {
        case "heartbeat" -> {
          living.remove(instance);
          beats.add(instance);
        }
        case "Task_WriteActivityLog" -> logged.add(instance);
        case "EndEvent_HeartbeatClosed" -> closed.add(instance);
        case "Task_RecordThemeStart" -> themes.add("start");
        case "Task_RecordThemeEnd" -> themes.add("end");
        default -> {}
      }
    }

    private static boolean isBeat(ProcessInstanceRecordValue element) {
      return element.getBpmnElementType() == BpmnElementType.PROCESS
          && element.getBpmnProcessId().equals("heartbeat");
    }
  }
}
