package dev.kodo.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kodo.process.ErrorCode;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.support.TransactionOperations;

/**
 * One delivery of a job, handed to the feature that does the work. It makes outside calls at most
 * once ({@link #callOnce}) and stores the job's result together with the feature's rows ({@link
 * #commit}).
 */
public final class JobRun {
  /** With the pool's own patience of five seconds, about a minute. */
  private static final int STORE_ATTEMPTS = 10;

  private static final Duration STORE_PAUSE = Duration.ofSeconds(1);

  /** How the engine is asked, during a run, whether it still wants the job. */
  @FunctionalInterface
  public interface StillWanted {
    /** Returns normally while the job is wanted, else throws {@link JobFailure} (abandon). */
    void check();
  }

  private final JobIdentity identity;
  private final EffectLedger ledger;
  private final ObjectMapper json;
  private final TransactionOperations transactions;
  private final StillWanted stillWanted;
  private final UUID owner;
  private final Duration lease;
  private boolean committed;

  JobRun(
      JobIdentity identity,
      EffectLedger ledger,
      ObjectMapper json,
      TransactionOperations transactions,
      StillWanted stillWanted,
      UUID owner,
      Duration lease) {
    this.identity = identity;
    this.ledger = ledger;
    this.json = json;
    this.transactions = transactions;
    this.stillWanted = stillWanted;
    this.owner = owner;
    this.lease = lease;
  }

  public JobIdentity identity() {
    return identity;
  }

  public String agentId() {
    return identity.agentId();
  }

  /** The key under which the call {@code step} of this element instance happens at most once. */
  public EffectKey effectKey(String step) {
    return identity.effect(step);
  }

  /**
   * Makes an outside call at most once for this element instance. A later delivery of the job gets
   * the stored result.
   *
   * @param step name of the call, unique inside the job
   * @param call throws {@link CallRefused} when the call certainly had no effect; any other
   *     exception leaves the outcome unknown
   * @throws JobFailure with {@link ErrorCode#OUTCOME_UNKNOWN} when an earlier or this call may have
   *     happened without a result; the call is then never repeated
   */
  public <T> T callOnce(String step, Class<T> resultType, Supplier<T> call) {
    EffectKey key = identity.effect(step);
    return switch (ledger.find(key, identity.origin())) {
      case Effect.Done done -> read(done.result(), resultType);
      case Effect.Started started -> throw unknown(key, "was under way when the body stopped");
      case Effect.Unknown unknown -> throw unknown(key, "ended without a known result");
      case Effect.Absent absent -> begin(key, call);
    };
  }

  /**
   * The result of the call {@code step}, or of one of its further attempts {@code step:2}, {@code
   * step:3} and so on, when an earlier delivery has it already.
   */
  public <T> Optional<StoredCall<T>> storedCall(String step, Class<T> resultType) {
    return ledger
        .findDone(identity.effect(step), identity.origin())
        .map(done -> new StoredCall<>(done.step(), read(done.result(), resultType)));
  }

  private <T> T begin(EffectKey key, Supplier<T> call) {
    stillWanted.check();
    if (!ledger.begin(key, identity.origin(), owner, lease)) {
      throw JobFailure.abandoned("Effect " + key.text() + " was begun by another worker.");
    }
    T result;
    try {
      result = call.get();
    } catch (CallRefused refused) {
      ledger.forget(key, owner);
      throw refused;
    } catch (RuntimeException failure) {
      ledger.markUnknown(key);
      throw JobFailure.bpmnError(
          ErrorCode.OUTCOME_UNKNOWN,
          "The call '%s' of %s ended without a known result (%s); it is not repeated."
              .formatted(key.step(), identity.jobType(), failure.getMessage()),
          failure);
    }
    keep(key, write(result));
    return result;
  }

  /** Stores an answer that is already paid for, also when the database is away for a moment. */
  private void keep(EffectKey key, String result) {
    for (int attempt = 1; ; attempt++) {
      try {
        ledger.finish(key, owner, result);
        return;
      } catch (TransientDataAccessException
          | RecoverableDataAccessException
          | DataAccessResourceFailureException storeGone) {
        if (attempt == STORE_ATTEMPTS || Thread.currentThread().isInterrupted()) {
          throw storeGone;
        }
        LockSupport.parkNanos(STORE_PAUSE.toNanos());
      }
    }
  }

  private JobFailure unknown(EffectKey key, String what) {
    ledger.markUnknown(key);
    return JobFailure.bpmnError(
        ErrorCode.OUTCOME_UNKNOWN,
        "The call '%s' of %s %s; it is not repeated."
            .formatted(key.step(), identity.jobType(), what),
        null);
  }

  /**
   * Asks the engine whether it still wants this job; call it before writing a file that people will
   * see.
   */
  public void ensureWanted() {
    stillWanted.check();
  }

  /** Runs {@code work} and stores its result as the job's result in one transaction. */
  public <T> T commit(Supplier<T> work) {
    stillWanted.check();
    T result =
        transactions.execute(
            status -> {
              T output = work.get();
              ledger.finish(identity.effect(EffectKey.JOB), owner, write(output));
              return output;
            });
    if (result == null) {
      throw new IllegalStateException(
          "Expected a result of the job " + identity.jobType() + " but got null");
    }
    committed = true;
    return result;
  }

  boolean committed() {
    return committed;
  }

  String write(Object value) {
    try {
      return json.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(
          "Expected a result that can be written as JSON but got " + value.getClass(), e);
    }
  }

  private <T> T read(String text, Class<T> type) {
    try {
      return json.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(
          "Expected a stored " + type.getSimpleName() + " but got other JSON", e);
    }
  }
}
