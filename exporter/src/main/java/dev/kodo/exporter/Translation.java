package dev.kodo.exporter;

import dev.kodo.exporter.Change.AgentKnown;
import dev.kodo.exporter.Change.DefinitionDeployed;
import dev.kodo.exporter.Change.ElementEntered;
import dev.kodo.exporter.Change.ElementLeft;
import dev.kodo.exporter.Change.IncidentRaised;
import dev.kodo.exporter.Change.IncidentResolved;
import dev.kodo.exporter.Change.InstanceEnded;
import dev.kodo.exporter.Change.InstanceStarted;
import dev.kodo.exporter.Change.JobGone;
import dev.kodo.exporter.Change.JobStands;
import dev.kodo.exporter.Change.Place;
import io.camunda.zeebe.exporter.api.context.Context.RecordFilter;
import io.camunda.zeebe.protocol.record.Record;
import io.camunda.zeebe.protocol.record.RecordType;
import io.camunda.zeebe.protocol.record.ValueType;
import io.camunda.zeebe.protocol.record.intent.IncidentIntent;
import io.camunda.zeebe.protocol.record.intent.Intent;
import io.camunda.zeebe.protocol.record.intent.JobBatchIntent;
import io.camunda.zeebe.protocol.record.intent.JobIntent;
import io.camunda.zeebe.protocol.record.intent.ProcessInstanceIntent;
import io.camunda.zeebe.protocol.record.intent.ProcessIntent;
import io.camunda.zeebe.protocol.record.value.BpmnElementType;
import io.camunda.zeebe.protocol.record.value.IncidentRecordValue;
import io.camunda.zeebe.protocol.record.value.JobBatchRecordValue;
import io.camunda.zeebe.protocol.record.value.JobRecordValue;
import io.camunda.zeebe.protocol.record.value.ProcessInstanceRecordValue;
import io.camunda.zeebe.protocol.record.value.VariableRecordValue;
import io.camunda.zeebe.protocol.record.value.deployment.Process;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what a record of the engine means for the tables. */
final class Translation {
  private static final Set<ValueType> WANTED =
      Set.of(
          ValueType.PROCESS,
          ValueType.PROCESS_INSTANCE,
          ValueType.VARIABLE,
          ValueType.JOB,
          ValueType.JOB_BATCH,
          ValueType.INCIDENT);

  /** A JSON string of the form that an agent's id has everywhere in Kodo. */
  private static final Pattern AGENT = Pattern.compile("\"([a-z0-9][a-z0-9-]{0,62})\"");

  private final Set<String> ignored;

  /**
   * A translation that leaves some processes out.
   *
   * @param ignored ids of processes that nobody wants to see
   */
  Translation(Set<String> ignored) {
    this.ignored = Set.copyOf(ignored);
  }

  /** Lets through what {@link #changes} looks at; the engine skips the rest unread. */
  static RecordFilter filter() {
    return new RecordFilter() {
      @Override
      public boolean acceptType(RecordType type) {
        return type == RecordType.EVENT;
      }

      @Override
      public boolean acceptValue(ValueType type) {
        return WANTED.contains(type);
      }
    };
  }

  /** Empty for a record that changes nothing. Keeps no part of the record, which is used again. */
  List<Change> changes(Record<?> record) {
    if (record.getRecordType() != RecordType.EVENT) {
      return List.of();
    }
    return switch (record.getValue()) {
      case Process value -> definition(record, value);
      case ProcessInstanceRecordValue value -> instance(record, value);
      case VariableRecordValue value -> variable(value);
      case JobRecordValue value -> job(record.getKey(), record.getIntent(), value, at(record));
      case JobBatchRecordValue value -> handedOut(record, value);
      case IncidentRecordValue value -> incident(record, value);
      default -> List.of();
    };
  }

  private List<Change> definition(Record<?> record, Process value) {
    if (record.getIntent() != ProcessIntent.CREATED || ignored.contains(value.getBpmnProcessId())) {
      return List.of();
    }
    return List.of(
        new DefinitionDeployed(
            value.getProcessDefinitionKey(),
            value.getBpmnProcessId(),
            value.getVersion(),
            Text.stored(value.getResourceName()),
            Text.complete(new String(value.getResource(), StandardCharsets.UTF_8)),
            at(record)));
  }

  private List<Change> instance(Record<?> record, ProcessInstanceRecordValue value) {
    if (!(record.getIntent() instanceof ProcessInstanceIntent intent)
        || ignored.contains(value.getBpmnProcessId())) {
      return List.of();
    }
    boolean whole = value.getBpmnElementType() == BpmnElementType.PROCESS;
    return switch (intent) {
      case ELEMENT_ACTIVATING, ELEMENT_MIGRATED ->
          List.of(whole ? started(record, value) : entered(record, value));
      case ELEMENT_COMPLETED -> List.of(left(record, value, whole, true));
      case ELEMENT_TERMINATED -> List.of(left(record, value, whole, false));
      default -> List.of();
    };
  }

  private static Change started(Record<?> record, ProcessInstanceRecordValue value) {
    return new InstanceStarted(
        record.getKey(),
        value.getBpmnProcessId(),
        value.getVersion(),
        value.getProcessDefinitionKey(),
        key(value.getParentProcessInstanceKey()),
        key(value.getParentElementInstanceKey()),
        at(record));
  }

  private static Change entered(Record<?> record, ProcessInstanceRecordValue value) {
    return new ElementEntered(
        record.getKey(),
        value.getProcessInstanceKey(),
        value.getElementId(),
        value.getBpmnElementType().name(),
        at(record));
  }

  private static Change left(
      Record<?> record, ProcessInstanceRecordValue value, boolean whole, boolean completed) {
    return whole
        ? new InstanceEnded(record.getKey(), completed, at(record))
        : new ElementLeft(
            record.getKey(), value.getProcessInstanceKey(), value.getElementId(), completed);
  }

  private List<Change> variable(VariableRecordValue value) {
    if (!value.getName().equals("agentId")
        || value.getScopeKey() != value.getProcessInstanceKey()
        || ignored.contains(value.getBpmnProcessId())) {
      return List.of();
    }
    Matcher agent = AGENT.matcher(value.getValue());
    return agent.matches()
        ? List.of(new AgentKnown(value.getProcessInstanceKey(), agent.group(1)))
        : List.of();
  }

  /** Handing jobs out is the one thing that the engine tells of many jobs in one record. */
  private List<Change> handedOut(Record<?> record, JobBatchRecordValue value) {
    if (record.getIntent() != JobBatchIntent.ACTIVATED) {
      return List.of();
    }
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < value.getJobs().size(); i++) {
      JobRecordValue job = value.getJobs().get(i);
      if (!ignored.contains(job.getBpmnProcessId())) {
        changes.add(stands(value.getJobKeys().get(i), job, "activated", at(record)));
      }
    }
    return changes;
  }

  private List<Change> job(long key, Intent intent, JobRecordValue value, Instant at) {
    if (!(intent instanceof JobIntent what) || ignored.contains(value.getBpmnProcessId())) {
      return List.of();
    }
    return switch (what) {
      case CREATED -> List.of(stands(key, value, "created", at));
      case FAILED, RECURRED_AFTER_BACKOFF, RETRIES_UPDATED, YIELDED, MIGRATED, UPDATED ->
          List.of(stands(key, value, value.getErrorMessage().isEmpty() ? "created" : "failed", at));
      case TIMED_OUT -> List.of(stands(key, value, "timed-out", at));
      case TIMEOUT_UPDATED -> List.of(stands(key, value, "activated", at));
      // An error that is caught ends the job; the other one waits in an incident.
      case ERROR_THROWN ->
          value.getElementId().equals(Place.NOWHERE)
              ? List.of(stands(key, value, "error-thrown", at))
              : List.of(new JobGone(key));
      case COMPLETED, CANCELED -> List.of(new JobGone(key));
      default -> List.of();
    };
  }

  private static JobStands stands(long key, JobRecordValue value, String state, Instant at) {
    boolean taken = state.equals("activated");
    return new JobStands(
        key,
        new Place(
            value.getProcessInstanceKey(),
            value.getElementInstanceKey(),
            value.getBpmnProcessId(),
            value.getElementId()),
        Text.stored(value.getType()),
        state,
        value.getRetries(),
        taken ? Text.orNull(value.getWorker()) : null,
        taken ? time(value.getDeadline()) : null,
        state.equals("failed") ? time(value.getRecurringTime()) : null,
        Text.orNull(value.getErrorCode()),
        Text.orNull(value.getErrorMessage()),
        at);
  }

  private List<Change> incident(Record<?> record, IncidentRecordValue value) {
    if (!(record.getIntent() instanceof IncidentIntent intent)
        || ignored.contains(value.getBpmnProcessId())) {
      return List.of();
    }
    return switch (intent) {
      case CREATED, MIGRATED ->
          List.of(
              new IncidentRaised(
                  record.getKey(),
                  new Place(
                      value.getProcessInstanceKey(),
                      value.getElementInstanceKey(),
                      value.getBpmnProcessId(),
                      value.getElementId()),
                  value.getErrorType().name(),
                  Text.stored(value.getErrorMessage()),
                  key(value.getJobKey()),
                  at(record)));
      case RESOLVED -> List.of(new IncidentResolved(record.getKey(), at(record)));
      default -> List.of();
    };
  }

  private static @Nullable Long key(long key) {
    return key <= 0 ? null : key;
  }

  private static @Nullable Instant time(long milliseconds) {
    return milliseconds <= 0 ? null : Instant.ofEpochMilli(milliseconds);
  }

  private static Instant at(Record<?> record) {
    return Instant.ofEpochMilli(record.getTimestamp());
  }
}
