package dev.kodo.worker;

import dev.kodo.config.KodoProperties;
import dev.kodo.process.DeclaredWiring;
import dev.kodo.process.ErrorCode;
import io.camunda.client.CamundaClient;
import io.camunda.client.api.worker.JobWorker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Opens one Camunda job worker for each job type that the features declare, and closes them first
 * on shutdown.
 */
@Component
public class JobWorkers implements SmartLifecycle, DeclaredWiring {
  /** Few: a body that dies takes the jobs that it holds with it until they time out. */
  private static final int JOBS_PER_TYPE = 4;

  /** Less than the time that the kernel gives the body to stop. */
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(12);

  private static final Logger LOG = LoggerFactory.getLogger(JobWorkers.class);

  private final CamundaClient client;
  private final JobExecution execution;
  private final List<JobSteps> features;
  private final KodoProperties properties;
  private final List<JobWorker> open = new ArrayList<>();

  JobWorkers(
      CamundaClient client,
      JobExecution execution,
      List<JobSteps> features,
      KodoProperties properties) {
    this.client = client;
    this.execution = execution;
    this.features = features;
    this.properties = properties;
  }

  /** All job types of the body, with what they declare. */
  public Stream<JobStep<?, ?>> declared() {
    return features.stream().flatMap(feature -> feature.steps().stream());
  }

  @Override
  public Map<String, Set<ErrorCode>> errorsByJobType() {
    return declared().collect(Collectors.toMap(JobStep::type, JobStep::errors));
  }

  @Override
  public Map<String, Set<String>> fieldsToFill() {
    return declared()
        .filter(JobStep::isBuildingBlock)
        .collect(Collectors.toMap(JobStep::type, JobStep::fieldsToFill));
  }

  @Override
  public void start() {
    declared().forEach(step -> open.add(open(step)));
  }

  private JobWorker open(JobStep<?, ?> step) {
    return client
        .newWorker()
        .jobType(step.type())
        .handler((jobClient, job) -> execution.execute(client, job, step))
        .name("kodo")
        .timeout(properties.worker().jobTimeout())
        .maxJobsActive(JOBS_PER_TYPE)
        .streamEnabled(true)
        .open();
  }

  /** Takes no new jobs and lets those in hand finish: a call cut off now would be paid and lost. */
  @Override
  public void stop() {
    open.forEach(JobWorker::close);
    open.clear();
    if (!execution.awaitIdle(STOP_PATIENCE)) {
      LOG.warn("Some jobs did not end within {}; the engine hands them out again.", STOP_PATIENCE);
    }
  }

  @Override
  public boolean isRunning() {
    return !open.isEmpty();
  }
}
