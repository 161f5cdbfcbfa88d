package dev.kodo.process.scenario;

import io.camunda.zeebe.process.test.api.ZeebeTestEngine;
import io.camunda.zeebe.protocol.record.Record;
import io.camunda.zeebe.protocol.record.intent.JobIntent;
import io.camunda.zeebe.protocol.record.intent.TimerIntent;
import io.camunda.zeebe.protocol.record.value.JobRecordValue;
import io.camunda.zeebe.protocol.record.value.TimerRecordValue;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether an engine and the body that works for it have nothing to do at this time: all is
 * processed, no timer is due, no job is open. To move the clock earlier would let jobs run out of
 * time that a real body, in real time, finishes in milliseconds.
 */
public final class Stillness {
  private final Idle idle;
  private final EngineLog log;
  private final Set<Long> openJobs = new HashSet<>();
  private final Map<Long, Instant> dueByTimer = new HashMap<>();
  private int next;

  public Stillness(ZeebeTestEngine engine) {
    this.idle = Idle.of(engine);
    this.log = EngineLog.of(engine);
  }

  /**
   * @param now the engine's time
   * @param patience how long the engine may be busy
   */
  public boolean reached(Instant now, Duration patience) {
    idle.await(patience);
    List<Record<?>> all = log.events();
    all.subList(next, all.size()).forEach(this::note);
    next = all.size();
    return openJobs.isEmpty() && dueByTimer.values().stream().noneMatch(due -> !due.isAfter(now));
  }

  private void note(Record<?> event) {
    if (event.getValue() instanceof JobRecordValue job) {
      switch ((JobIntent) event.getIntent()) {
        case CREATED, RECURRED_AFTER_BACKOFF, TIMED_OUT -> openJobs.add(event.getKey());
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
