package dev.kodo.process;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A step of a process that does not go on by itself.
 *
 * @param key of the incident, or of the job that nobody takes
 * @param elementKey the element instance; it stays the same when the same trouble comes back
 * @param kind the engine's type of the incident, such as {@code JOB_NO_RETRIES}, or {@link
 *     #UNCLAIMED}
 * @param message what the engine or a worker said; text from outside
 * @param agentId the instance's agent, or null when it has none
 */
public record StuckStep(
    long key,
    long elementKey,
    long instanceKey,
    String processId,
    String elementId,
    String kind,
    String message,
    @Nullable Long jobKey,
    @Nullable String jobType,
    @Nullable String agentId,
    Instant since) {
  /** A job with retries that no worker has taken for a long time. */
  public static final String UNCLAIMED = "JOB_UNCLAIMED";

  /**
   * What names a step that was seen before.
   *
   * @param key of its incident then, or of its job
   */
  public record Known(long elementKey, long key) {}
}
