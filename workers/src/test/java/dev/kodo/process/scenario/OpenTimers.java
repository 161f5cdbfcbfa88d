package dev.kodo.process.scenario;

import io.camunda.zeebe.protocol.record.Record;
import io.camunda.zeebe.protocol.record.intent.TimerIntent;
import io.camunda.zeebe.protocol.record.value.TimerRecordValue;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Which timers run, as the record stream tells it. The engine fires a due timer a moment later; to
 * call it idle in between would be wrong.
 */
final class OpenTimers {
  private final RecordTail tail;
  private final Map<Long, Instant> dueByKey = new HashMap<>();

  OpenTimers(RecordTail tail) {
    this.tail = tail;
  }

  boolean anyDue(Instant now) {
    tail.read().forEach(this::note);
    return dueByKey.values().stream().anyMatch(due -> !due.isAfter(now));
  }

  private void note(Record<?> event) {
    if (event.getValue() instanceof TimerRecordValue timer) {
      switch ((TimerIntent) event.getIntent()) {
        case CREATED -> dueByKey.put(event.getKey(), Instant.ofEpochMilli(timer.getDueDate()));
        case TRIGGERED, CANCELED -> dueByKey.remove(event.getKey());
        default -> {}
      }
    }
  }
}
