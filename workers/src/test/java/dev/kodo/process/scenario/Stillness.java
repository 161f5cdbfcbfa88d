package dev.kodo.process.scenario;

import io.camunda.zeebe.process.test.api.ZeebeTestEngine;
import io.camunda.zeebe.protocol.record.Record;
import io.camunda.zeebe.protocol.record.ValueType;
import io.camunda.zeebe.protocol.record.intent.JobIntent;
import io.camunda.zeebe.protocol.record.intent.TimerIntent;
import io.camunda.zeebe.protocol.record.value.JobRecordValue;
import io.camunda.zeebe.protocol.record.value.TimerRecordValue;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether an engine and the body that works for it have nothing to do at this time: all is
 * processed, no timer is due, no job is open. To move the clock earlier would let jobs run out of
 * time that a real body, in real time, finishes in milliseconds.
 */
public final class Stillness {
  private static final Set<ValueType> KINDS = Set.of(ValueType.JOB, ValueType.TIMER);

  private final Idle idle;
  private final EngineLog log;
  private final Map<Long, String> openJobs = new HashMap<>();
  private final Map<Long, Instant> dueByTimer = new HashMap<>();

  public Stillness(ZeebeTestEngine engine) {
    this.idle = Idle.of(engine);
    this.log = EngineLog.of(engine, KINDS::contains);
  }

  /**
   * @param now the engine's time
   * @param patience how long the engine may be busy
   */
  public boolean reached(Instant now, Duration patience) {
    idle.await(patience);
    read();
    return openJobs.isEmpty() && due(now) == 0;
  }

  /**
   * What there is to do still, in words: for the message of a test that waited in vain.
   *
   * @param now the engine's time
   */
  public String rest(Instant now) {
    read();
    return "timers due: %d, open jobs: %s"
        .formatted(
            due(now),
            openJobs.values().stream()
                .collect(Collectors.groupingBy(type -> type, Collectors.counting())));
  }

  private long due(Instant now) {
    return dueByTimer.values().stream().filter(due -> !due.isAfter(now)).count();
  }

  private void read() {
    log.news().forEach(this::note);
  }

  private void note(Record<?> event) {
    if (event.getValue() instanceof JobRecordValue job) {
      switch ((JobIntent) event.getIntent()) {
        case CREATED, RECURRED_AFTER_BACKOFF, TIMED_OUT ->
            openJobs.put(event.getKey(), job.getType());
        case COMPLETED, CANCELED, ERROR_THROWN -> openJobs.remove(event.getKey());
        case FAILED -> {
          if (job.getRetries() == 0 || job.getRetryBackoff() > 0) {
            openJobs.remove(event.getKey());
          }
        }
        default -> {}
      }
    } else if (event.getValue() instanceof TimerRecordValue timer) {
      switch ((TimerIntent) event.getIntent()) {
        case CREATED -> dueByTimer.put(event.getKey(), Instant.ofEpochMilli(timer.getDueDate()));
        case TRIGGERED, CANCELED -> dueByTimer.remove(event.getKey());
        default -> {}
      }
    }
  }
}
