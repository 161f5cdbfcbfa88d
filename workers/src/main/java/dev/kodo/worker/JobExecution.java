package dev.kodo.worker;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kodo.config.KodoProperties;
import io.camunda.client.CamundaClient;
import io.camunda.client.api.command.ClientException;
import io.camunda.client.api.response.ActivatedJob;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Runs one delivery of a job: returns the stored result when there is one, else lets the feature
 * work, keeps the job from timing out meanwhile, and tells the engine what came of it.
 */
@Component
class JobExecution {
  private static final Logger LOG = LoggerFactory.getLogger(JobExecution.class);
  private static final Duration OUTAGE_DELAY = Duration.ofSeconds(5);

  private final EffectLedger ledger;
  private final ObjectMapper json;
  private final TransactionOperations transactions;
  private final Clock clock;
  private final KodoProperties properties;
  private final JobLease lease;
  private final List<AfterJob> afterJob;
  private final JobsInHand inHand = new JobsInHand();

  JobExecution(
      EffectLedger ledger,
      ObjectMapper json,
      TransactionOperations transactions,
      Clock clock,
      KodoProperties properties,
      JobLease lease,
      List<AfterJob> afterJob) {
    this.ledger = ledger;
    this.json = json;
    this.transactions = transactions;
    this.clock = clock;
    this.properties = properties;
    this.lease = lease;
    this.afterJob = List.copyOf(afterJob);
  }

  /** Waits until no job is being worked on, at most {@code patience}; false when some still are. */
  boolean awaitIdle(Duration patience) {
    return inHand.awaitNone(patience);
  }

  <I, O> void execute(CamundaClient client, ActivatedJob job, JobStep<I, O> step) {
    // The engine hands a job out again when its time-out was missed, for example while the engine
    // was away. The delivery that is working on it will answer for both: they share the job's key.
    if (!inHand.take(job.getKey())) {
      return;
    }
    try {
      answer(client, job, step);
    } finally {
      inHand.putBack(job.getKey());
      afterJob.forEach(AfterJob::jobEnded);
    }
  }

  private <I, O> void answer(CamundaClient client, ActivatedJob job, JobStep<I, O> step) {
    JobReply reply = new JobReply(client, job);
    try {
      JobInput input = new JobInput(json, job.getVariables());
      try (var agent = MDC.putCloseable("agentId", input.agentId());
          var type = MDC.putCloseable("job", step.type())) {
        deliver(client, job, step, input, reply);
      }
    } catch (JobFailure failure) {
      LOG.info("{} did not succeed: {}", step.type(), failure.reason());
      reply.fail(failure);
    } catch (TransientDataAccessException
        | RecoverableDataAccessException
        | DataAccessResourceFailureException
        | TransactionException storeGone) {
      LOG.warn("{} waits for the database: {}", step.type(), storeGone.getMessage());
      reply.fail(JobFailure.postpone(OUTAGE_DELAY, "The database did not answer."));
    } catch (ClientException engineGone) {
      LOG.warn("{} waits for the engine: {}", step.type(), engineGone.getMessage());
      reply.fail(JobFailure.postpone(OUTAGE_DELAY, "The engine did not answer."));
    } catch (Throwable defect) {
      // An Error too: swallowed by the client's threads, it would repeat the job for ever, unseen.
      LOG.error("{} failed unexpectedly", step.type(), defect);
      reply.fail(JobFailure.retry(defect.toString(), defect));
    }
  }

  private <I, O> void deliver(
      CamundaClient client, ActivatedJob job, JobStep<I, O> step, JobInput input, JobReply reply) {
    JobIdentity identity = identity(job, input);
    EffectKey key = identity.effect(EffectKey.JOB);
    UUID delivery = UUID.randomUUID();
    Duration time = properties.worker().jobTimeout();
    switch (ledger.find(key, identity.origin())) {
      case Effect.Done done -> reply.complete(done.result());
      case Effect.Unknown unknown ->
          throw new IllegalStateException("Expected a job to be started or done: " + key.text());
      case Effect.Absent absent -> {
        if (ledger.begin(key, identity.origin(), delivery, time)) {
          reply.complete(work(client, job, step, input, new Claim(identity, delivery)));
        } else {
          reply.comeBackAfter(time);
        }
      }
      case Effect.Started started -> {
        Duration left = Duration.between(clock.instant(), started.leaseUntil());
        if (left.isPositive()) {
          reply.comeBackAfter(left.plusMillis(100));
        } else if (ledger.takeOver(key, started, delivery, time)) {
          reply.complete(work(client, job, step, input, new Claim(identity, delivery)));
        } else {
          reply.comeBackAfter(time);
        }
      }
    }
  }

  /** A job that this delivery, and no other, may work on. */
  private record Claim(JobIdentity identity, UUID delivery) {}

  private <I, O> String work(
      CamundaClient client, ActivatedJob job, JobStep<I, O> step, JobInput input, Claim claim) {
    EffectKey key = claim.identity().effect(EffectKey.JOB);
    Duration time = properties.worker().jobTimeout();
    try (JobLease.Held held = lease.hold(client, job, key, claim.delivery(), time)) {
      JobRun run =
          new JobRun(
              claim.identity(), ledger, json, transactions, held::check, claim.delivery(), time);
      O output = step.work().run(input.as(step.input()), run);
      return run.write(run.committed() ? output : run.commit(() -> output));
    } catch (RuntimeException failure) {
      // The job itself may be tried again; the calls that it made keep their own rows.
      ledger.forget(key, claim.delivery());
      throw failure;
    }
  }

  private JobIdentity identity(ActivatedJob job, JobInput input) {
    return new JobIdentity(
        properties.engineId(),
        input.agentId(),
        input.modelClass(),
        input.deadline(),
        job.getType(),
        job.getKey(),
        job.getElementInstanceKey(),
        job.getProcessInstanceKey(),
        job.getBpmnProcessId(),
        job.getElementId(),
        job.getCustomHeaders());
  }
}
