package dev.kodo.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kodo.config.KodoProperties;
import io.camunda.client.CamundaClient;
import io.camunda.client.api.response.ActivatedJob;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.dao.DataAccessException;
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
  private static final Duration STORE_GONE_DELAY = Duration.ofSeconds(5);

  private final EffectLedger ledger;
  private final ObjectMapper json;
  private final TransactionOperations transactions;
  private final Clock clock;
  private final KodoProperties properties;
  private final JobLease lease;

  /** This life of the body; a restarted body is another owner. */
  private final UUID owner = UUID.randomUUID();

  JobExecution(
      EffectLedger ledger,
      ObjectMapper json,
      TransactionOperations transactions,
      Clock clock,
      KodoProperties properties,
      JobLease lease) {
    this.ledger = ledger;
    this.json = json;
    this.transactions = transactions;
    this.clock = clock;
    this.properties = properties;
    this.lease = lease;
  }

  <I, O> void execute(CamundaClient client, ActivatedJob job, JobStep<I, O> step) {
    JobReply reply = new JobReply(client, job);
    try (var agent = MDC.putCloseable("agentId", agentId(job));
        var type = MDC.putCloseable("job", step.type())) {
      reply.complete(result(client, job, step));
    } catch (JobFailure failure) {
      LOG.info("{} did not succeed: {}", step.type(), failure.reason());
      reply.fail(failure);
    } catch (DataAccessException | TransactionException storeGone) {
      LOG.warn("{} waits for the database: {}", step.type(), storeGone.getMessage());
      reply.fail(
          JobFailure.postpone(
              STORE_GONE_DELAY, "The database did not answer: " + storeGone.getMessage()));
    } catch (RuntimeException defect) {
      LOG.error("{} failed unexpectedly", step.type(), defect);
      reply.fail(JobFailure.retry(defect.toString(), defect));
    }
  }

  /** The job's output variables as JSON: stored by an earlier delivery, or worked out now. */
  private <I, O> String result(CamundaClient client, ActivatedJob job, JobStep<I, O> step) {
    JobIdentity identity = identity(job);
    EffectKey key = identity.effect(EffectKey.JOB);
    Duration time = properties.worker().jobTimeout();
    return switch (ledger.find(key)) {
      case Effect.Done done -> done.result();
      case Effect.Unknown unknown ->
          throw new IllegalStateException(
              "Expected a job to be started or done but it is unknown: " + key.text());
      case Effect.Absent absent -> {
        if (!ledger.begin(key, identity.agentId(), owner, time)) {
          throw JobFailure.postpone(time, "Another delivery of this job has just begun.");
        }
        yield work(client, job, identity, step);
      }
      case Effect.Started started -> {
        Duration left = Duration.between(clock.instant(), started.leaseUntil());
        if (!left.isNegative() && !left.isZero()) {
          throw JobFailure.postpone(
              left.plusMillis(100), "Another delivery of this job is being worked on.");
        }
        if (!ledger.takeOver(key, started, owner, time)) {
          throw JobFailure.postpone(time, "Another delivery of this job has just taken over.");
        }
        yield work(client, job, identity, step);
      }
    };
  }

  private <I, O> String work(
      CamundaClient client, ActivatedJob job, JobIdentity identity, JobStep<I, O> step) {
    EffectKey key = identity.effect(EffectKey.JOB);
    Duration time = properties.worker().jobTimeout();
    try (JobLease.Held held = lease.hold(client, job, key, owner, time)) {
      JobRun run = new JobRun(identity, ledger, json, transactions, held::check, owner, time);
      I input = json.readValue(job.getVariables(), step.input());
      O output = step.work().run(input, run);
      return run.write(run.committed() ? output : run.commit(() -> output));
    } catch (JsonProcessingException wrongVariables) {
      ledger.forget(key, owner);
      throw JobFailure.retry(
          "The variables of %s do not fit %s: %s"
              .formatted(
                  step.type(), step.input().getSimpleName(), wrongVariables.getOriginalMessage()),
          wrongVariables);
    } catch (RuntimeException failure) {
      // The job itself may be tried again; the calls that it made keep their own rows.
      ledger.forget(key, owner);
      throw failure;
    }
  }

  private JobIdentity identity(ActivatedJob job) {
    return new JobIdentity(
        properties.engineId(),
        agentId(job),
        job.getType(),
        job.getKey(),
        job.getElementInstanceKey(),
        job.getProcessInstanceKey(),
        job.getElementId(),
        job.getCustomHeaders());
  }

  private static String agentId(ActivatedJob job) {
    Object agent = job.getVariablesAsMap().get("agentId");
    return agent instanceof String text && !text.isBlank() ? text : "main";
  }
}
