package dev.kodo.exporter;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What one record of the engine changes in the tables; everything else in it is left behind. */
sealed interface Change {

  /** Where something happened. */
  record Place(long instanceKey, long elementKey, String processId, String elementId) {
    /** What the engine writes in place of an element when nothing catches a job's error. */
    static final String NOWHERE = "NO_CATCH_EVENT_FOUND";
  }

  record DefinitionDeployed(
      long key, String processId, int version, String resourceName, String resource, Instant at)
      implements Change {}

  /** Also written when a running instance is moved to another definition. */
  record InstanceStarted(
      long key,
      String processId,
      int version,
      long definitionKey,
      @Nullable Long parentKey,
      @Nullable Long parentElementKey,
      Instant at)
      implements Change {}

  record InstanceEnded(long key, boolean completed, Instant at) implements Change {}

  /** The instance's own variable {@code agentId} was set. */
  record AgentKnown(long instanceKey, String agentId) implements Change {}

  record ElementEntered(
      long key, long instanceKey, String elementId, String elementType, Instant at)
      implements Change {}

  record ElementLeft(long key, long instanceKey, String elementId, boolean completed)
      implements Change {}

  /**
   * A job as it stands now.
   *
   * @param state one of created, activated, failed, timed-out, error-thrown
   * @param worker who has it, or null
   */
  record JobStands(
      long key,
      Place place,
      String type,
      String state,
      int retries,
      @Nullable String worker,
      @Nullable Instant deadline,
      @Nullable Instant backoffUntil,
      @Nullable String errorCode,
      @Nullable String errorMessage,
      Instant at)
      implements Change {

    /** The same, where the job was known to be when this record does not say it. */
    JobStands after(JobStands former) {
      return place.elementId().equals(Place.NOWHERE) ? at(former.place) : this;
    }

    private JobStands at(Place known) {
      return new JobStands(
          key,
          known,
          type,
          state,
          retries,
          worker,
          deadline,
          backoffUntil,
          errorCode,
          errorMessage,
          at);
    }
  }

  record JobGone(long key) implements Change {}

  record IncidentRaised(
      long key, Place place, String type, String message, @Nullable Long jobKey, Instant at)
      implements Change {}

  record IncidentResolved(long key, Instant at) implements Change {}
}
