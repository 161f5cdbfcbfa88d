package dev.kodo.worker;

import io.camunda.client.CamundaClient;
import io.camunda.client.api.command.ClientException;
import io.camunda.client.api.command.ClientStatusException;
import io.camunda.client.api.response.ActivatedJob;
import io.grpc.Status;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Keeps long jobs from timing out, in the engine and in the ledger, and notices when the engine no
 * longer wants one: then the working thread is interrupted, so that a hanging call ends.
 *
 * <p>The schedule here only renews a lease on work that the engine has already handed out; it
 * starts nothing.
 */
@Component
class JobLease implements DisposableBean {
  private static final Logger LOG = LoggerFactory.getLogger(JobLease.class);

  private final EffectLedger ledger;
  private final ScheduledExecutorService renewals =
      Executors.newScheduledThreadPool(1, Thread.ofPlatform().name("job-lease").daemon().factory());

  JobLease(EffectLedger ledger) {
    this.ledger = ledger;
  }

  Held hold(CamundaClient client, ActivatedJob job, EffectKey key, UUID owner, Duration time) {
    Held held = new Held(client, job, key, owner, time, Thread.currentThread());
    held.renewal =
        renewals.scheduleWithFixedDelay(
            held::renew,
            time.toMillis() / 3,
            Math.max(1, time.toMillis() / 3),
            TimeUnit.MILLISECONDS);
    return held;
  }

  @Override
  public void destroy() {
    renewals.shutdownNow();
  }

  /** One job that is being worked on. */
  final class Held implements AutoCloseable {
    private final CamundaClient client;
    private final ActivatedJob job;
    private final EffectKey key;
    private final UUID owner;
    private final Duration time;
    private final Thread worker;
    private final AtomicBoolean unwanted = new AtomicBoolean();
    private boolean closed;
    private @org.jspecify.annotations.Nullable Future<?> renewal;

    private Held(
        CamundaClient client,
        ActivatedJob job,
        EffectKey key,
        UUID owner,
        Duration time,
        Thread worker) {
      this.client = client;
      this.job = job;
      this.key = key;
      this.owner = owner;
      this.time = time;
      this.worker = worker;
    }

    private void renew() {
      try {
        extend();
      } catch (JobFailure noLongerWanted) {
        interruptWorker();
      } catch (RuntimeException retriedAtTheNextRenewal) {
        LOG.warn("Could not extend {}: {}", job.getType(), retriedAtTheNextRenewal.getMessage());
      }
    }

    private void extend() {
      // The ledger first: it must not lose the lease because the engine is away for a while.
      ledger.extend(key, owner, time);
      try {
        client.newUpdateTimeoutCommand(job).timeout(time).send().join();
      } catch (ClientStatusException refused) {
        if (refused.getStatusCode() == Status.Code.NOT_FOUND) {
          unwanted.set(true);
          throw JobFailure.abandoned("The engine no longer wants " + job.getType() + ".");
        }
        throw refused;
      }
    }

    private synchronized void interruptWorker() {
      if (!closed) {
        worker.interrupt();
      }
    }

    /** Asks the engine now; throws {@link JobFailure} (abandon) when the job was cancelled. */
    void check() {
      if (unwanted.get()) {
        throw JobFailure.abandoned("The engine no longer wants " + job.getType() + ".");
      }
      try {
        extend();
      } catch (ClientException engineGone) {
        throw JobFailure.postpone(
            Duration.ofSeconds(1), "The engine did not answer: " + engineGone.getMessage());
      }
    }

    @Override
    public void close() {
      Future<?> running = renewal;
      if (running != null) {
        running.cancel(false);
      }
      synchronized (this) {
        closed = true;
        // An interrupt meant for this job must not reach the next one on this thread.
        if (Thread.interrupted()) {
          LOG.debug("{} was interrupted", job.getType());
        }
      }
    }
  }
}
