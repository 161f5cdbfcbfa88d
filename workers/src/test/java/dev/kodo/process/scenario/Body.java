package dev.kodo.process.scenario;

import io.camunda.client.api.worker.JobHandler;
import java.time.Duration;
import java.util.Map;

/** What does the jobs of the diagrams in a scenario: a fake, or the real workers. */
public interface Body {
  /** One handler for each job type; it ends the job itself, as in production. */
  Map<String, JobHandler> handlers();

  /** Whether jobs of this type are worked on now; a job that is not stays open. */
  default boolean takes(String jobType) {
    return handlers().containsKey(jobType);
  }

  /** Called before the engine's clock is moved, so that the body's clock moves with it. */
  default void timePasses(Duration duration) {}
}
