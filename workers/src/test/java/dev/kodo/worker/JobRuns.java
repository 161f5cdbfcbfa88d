package dev.kodo.worker;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kodo.testing.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Job runs on a real ledger, for tests of features; each has an element instance key of its own.
 */
public final class JobRuns {
  private final EffectLedger ledger;
  private final TestDatabase database;
  private final ObjectMapper json;
  private final UUID owner = UUID.randomUUID();
  private final AtomicLong lastKey = new AtomicLong();
  private String modelClass = "best";
  private @Nullable Instant deadline;

  public JobRuns(TestDatabase database, Clock clock, ObjectMapper json) {
    this.database = database;
    this.ledger = new EffectLedger(database.jdbc(), clock);
    this.json = json;
  }

  /** From now on jobs ask this class of models. */
  public JobRuns asking(String modelClassId) {
    modelClass = modelClassId;
    return this;
  }

  /** From now on jobs have to be done at this time. */
  public JobRuns until(Instant time) {
    deadline = time;
    return this;
  }

  /** The first delivery of a new element instance. */
  public JobRun first(String jobType) {
    return first(jobType, "main");
  }

  public JobRun first(String jobType, String agentId) {
    return delivery(agentId, jobType, lastKey.incrementAndGet(), owner);
  }

  /** Another delivery of the same element instance, by a restarted body. */
  public JobRun again(JobRun run) {
    ledger.forget(run.effectKey(EffectKey.JOB), owner);
    return delivery(
        run.agentId(),
        run.identity().jobType(),
        run.identity().elementInstanceKey(),
        UUID.randomUUID());
  }

  private JobRun delivery(String agentId, String jobType, long key, UUID by) {
    JobIdentity identity =
        new JobIdentity(
            "test-engine",
            agentId,
            modelClass,
            deadline,
            jobType,
            key,
            key,
            key,
            "test",
            "Task_Test",
            Map.of());
    ledger.begin(identity.effect(EffectKey.JOB), identity.origin(), by, Duration.ofMinutes(1));
    return new JobRun(
        identity, ledger, json, database.transactions(), () -> {}, by, Duration.ofMinutes(1));
  }
}
