package dev.kodo.process.scenario;

import io.camunda.zeebe.protocol.record.Record;
import io.camunda.zeebe.protocol.record.intent.IncidentIntent;
import io.camunda.zeebe.protocol.record.intent.Intent;
import io.camunda.zeebe.protocol.record.intent.ProcessInstanceIntent;
import io.camunda.zeebe.protocol.record.value.BpmnElementType;
import io.camunda.zeebe.protocol.record.value.IncidentRecordValue;
import io.camunda.zeebe.protocol.record.value.ProcessInstanceRecordValue;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What the tokens did since the trace began. */
final class Trace {
  private final RecordTail tail;

  Trace(RecordTail tail) {
    this.tail = tail;
  }

  /** Ids of the elements that were left regularly, in this order. */
  List<String> completed() {
    return elements(ProcessInstanceIntent.ELEMENT_COMPLETED)
        .map(ProcessInstanceRecordValue::getElementId)
        .toList();
  }

  List<String> activated() {
    return elements(ProcessInstanceIntent.ELEMENT_ACTIVATED)
        .map(ProcessInstanceRecordValue::getElementId)
        .toList();
  }

  List<String> terminated() {
    return elements(ProcessInstanceIntent.ELEMENT_TERMINATED)
        .map(ProcessInstanceRecordValue::getElementId)
        .toList();
  }

  /** Where tokens wait now. */
  List<String> waiting() {
    List<String> waiting = new ArrayList<>(activated());
    Stream.concat(completed().stream(), terminated().stream()).forEach(waiting::remove);
    return waiting;
  }

  List<String> incidents() {
    return tail.peek()
        .filter(record -> record.getIntent() == IncidentIntent.CREATED)
        .map(record -> ((IncidentRecordValue) record.getValue()).getErrorMessage())
        .toList();
  }

  /** Process instances that no call activity started and that still live. */
  Set<Long> livingRoots() {
    return livingRoots(value -> true);
  }

  /** The same, of one process only. */
  Set<Long> livingRoots(String processId) {
    return livingRoots(value -> value.getBpmnProcessId().equals(processId));
  }

  private Set<Long> livingRoots(Predicate<ProcessInstanceRecordValue> wanted) {
    Set<Long> living = new LinkedHashSet<>();
    tail.peek()
        .filter(record -> record.getValue() instanceof ProcessInstanceRecordValue)
        .filter(Trace::isRootProcess)
        .filter(record -> wanted.test((ProcessInstanceRecordValue) record.getValue()))
        .forEach(
            record -> {
              if (record.getIntent() == ProcessInstanceIntent.ELEMENT_ACTIVATED) {
                living.add(record.getKey());
              } else if (record.getIntent() == ProcessInstanceIntent.ELEMENT_COMPLETED
                  || record.getIntent() == ProcessInstanceIntent.ELEMENT_TERMINATED) {
                living.remove(record.getKey());
              }
            });
    return living;
  }

  private static boolean isRootProcess(Record<?> record) {
    ProcessInstanceRecordValue value = (ProcessInstanceRecordValue) record.getValue();
    return value.getBpmnElementType() == BpmnElementType.PROCESS
        && value.getParentProcessInstanceKey() < 0;
  }

  private Stream<ProcessInstanceRecordValue> elements(Intent intent) {
    return tail.peek()
        .filter(record -> record.getIntent().equals(intent))
        .map(Record::getValue)
        .filter(ProcessInstanceRecordValue.class::isInstance)
        .map(ProcessInstanceRecordValue.class::cast);
  }
}
