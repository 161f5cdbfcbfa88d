package dev.kodo.repair;

import dev.kodo.process.StuckStep;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What self-repair knows of one stuck step.
 *
 * @param id short, for example {@code R-7}
 * @param stepKey of the incident, or of the job that nobody takes
 * @param message what the engine or a worker said; text from outside
 * @param decisionId the latest question to a person, or null
 * @param questionKey the process instance in which that question waits, or null
 * @param attempts how often it was tried again
 */
record Repair(
    String id,
    String agentId,
    long elementKey,
    long stepKey,
    long instanceKey,
    String processId,
    String elementId,
    String kind,
    @Nullable Long jobKey,
    @Nullable String jobType,
    String message,
    RepairState state,
    @Nullable String decisionId,
    @Nullable Long questionKey,
    int attempts,
    @Nullable Instant lastAttemptAt,
    Instant stuckSince) {

  boolean isUnclaimed() {
    return kind.equals(StuckStep.UNCLAIMED);
  }

  StuckStep.Known known() {
    return new StuckStep.Known(elementKey, stepKey);
  }
}
