package dev.kodo.process.scenario;

import io.camunda.zeebe.protocol.record.Record;
import io.camunda.zeebe.protocol.record.intent.JobIntent;
import io.camunda.zeebe.protocol.record.value.JobRecordValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Which jobs wait for a worker, as the record stream tells it. */
final class OpenJobs {
  private final RecordTail tail;
  private final Map<Long, String> typeByKey = new LinkedHashMap<>();

  OpenJobs(RecordTail tail) {
    this.tail = tail;
  }

  /** The type of the oldest open job that the body takes. */
  Optional<String> next(Body body) {
    tail.read().forEach(this::note);
    return typeByKey.values().stream().filter(body::takes).findFirst();
  }

  private void note(Record<?> event) {
    if (event.getValue() instanceof JobRecordValue job) {
      switch ((JobIntent) event.getIntent()) {
        case CREATED -> typeByKey.put(event.getKey(), job.getType());
        case COMPLETED, CANCELED, ERROR_THROWN -> typeByKey.remove(event.getKey());
        case FAILED -> {
          if (job.getRetries() == 0) {
            typeByKey.remove(event.getKey());
          }
        }
        default -> {}
      }
    }
  }
}
