package dev.kodo.exporter;

import io.camunda.zeebe.protocol.record.ImmutableRecord;
import io.camunda.zeebe.protocol.record.Record;
import io.camunda.zeebe.protocol.record.RecordType;
import io.camunda.zeebe.protocol.record.RecordValue;
import io.camunda.zeebe.protocol.record.RejectionType;
import io.camunda.zeebe.protocol.record.ValueType;
import io.camunda.zeebe.protocol.record.intent.IncidentIntent;
import io.camunda.zeebe.protocol.record.intent.Intent;
import io.camunda.zeebe.protocol.record.intent.JobBatchIntent;
import io.camunda.zeebe.protocol.record.intent.JobIntent;
import io.camunda.zeebe.protocol.record.intent.ProcessInstanceIntent;
import io.camunda.zeebe.protocol.record.intent.ProcessIntent;
import io.camunda.zeebe.protocol.record.intent.VariableIntent;
import io.camunda.zeebe.protocol.record.value.BpmnElementType;
import io.camunda.zeebe.protocol.record.value.ErrorType;
import io.camunda.zeebe.protocol.record.value.ImmutableIncidentRecordValue;
import io.camunda.zeebe.protocol.record.value.ImmutableJobBatchRecordValue;
import io.camunda.zeebe.protocol.record.value.ImmutableJobRecordValue;
import io.camunda.zeebe.protocol.record.value.ImmutableProcessInstanceRecordValue;
import io.camunda.zeebe.protocol.record.value.ImmutableVariableRecordValue;
import io.camunda.zeebe.protocol.record.value.deployment.ImmutableProcess;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The log of one partition, as the engine would write it. */
final class Records {
  static final Instant BEGIN = Instant.parse("2026-03-01T09:00:00Z");

  private final List<Record<?>> all = new ArrayList<>();
  private final int partition;
  private long position;

  Records(int partition) {
    this.partition = partition;
  }

  List<Record<?>> all() {
    return all;
  }

  Records definition(long key, String process, String xml) {
    return add(
        key,
        ProcessIntent.CREATED,
        ValueType.PROCESS,
        ImmutableProcess.builder()
            .withBpmnProcessId(process)
            .withVersion(1)
            .withProcessDefinitionKey(key)
            .withResourceName(process + ".bpmn")
            .withResource(xml.getBytes(StandardCharsets.UTF_8))
            .build());
  }

  Records instance(long key, ProcessInstanceIntent intent) {
    return element(key, key, "story", BpmnElementType.PROCESS, intent);
  }

  Records element(long key, long instance, String element, ProcessInstanceIntent intent) {
    return element(key, instance, element, BpmnElementType.SERVICE_TASK, intent);
  }

  private Records element(
      long key, long instance, String element, BpmnElementType type, ProcessInstanceIntent intent) {
    return add(
        key,
        intent,
        ValueType.PROCESS_INSTANCE,
        ImmutableProcessInstanceRecordValue.builder()
            .withBpmnProcessId("story")
            .withVersion(1)
            .withProcessDefinitionKey(7)
            .withProcessInstanceKey(instance)
            .withElementId(element)
            .withBpmnElementType(type)
            .withParentProcessInstanceKey(-1)
            .withParentElementInstanceKey(-1)
            .build());
  }

  Records agent(long instance, String json) {
    return add(
        instance + 500,
        VariableIntent.CREATED,
        ValueType.VARIABLE,
        ImmutableVariableRecordValue.builder()
            .withName("agentId")
            .withValue(json)
            .withScopeKey(instance)
            .withProcessInstanceKey(instance)
            .withBpmnProcessId("story")
            .build());
  }

  Records job(long key, long instance, JobIntent intent, int retries, String message) {
    return add(key, intent, ValueType.JOB, jobValue(instance, retries, message, -1, "").build());
  }

  /** Nothing on the diagram catches the job's error; in this place the engine names no element. */
  Records uncaught(long key, long instance, JobIntent intent, String message) {
    return add(
        key,
        intent,
        ValueType.JOB,
        jobValue(instance, 3, message, -1, "").withElementId("NO_CATCH_EVENT_FOUND").build());
  }

  Records handOut(long key, long instance, String worker, Instant deadline) {
    return add(
        key + 900,
        JobBatchIntent.ACTIVATED,
        ValueType.JOB_BATCH,
        ImmutableJobBatchRecordValue.builder()
            .addJobKeys(key)
            .addJobs(jobValue(instance, 3, "", deadline.toEpochMilli(), worker).build())
            .build());
  }

  private static ImmutableJobRecordValue.Builder jobValue(
      long instance, int retries, String message, long deadline, String worker) {
    return ImmutableJobRecordValue.builder()
        .withType("tell")
        .withRetries(retries)
        .withErrorMessage(message)
        .withErrorCode("")
        .withWorker(worker)
        .withDeadline(deadline)
        .withProcessInstanceKey(instance)
        .withElementInstanceKey(instance + 1)
        .withBpmnProcessId("story")
        .withElementId("Task_Tell");
  }

  Records incident(long key, long instance, long job, IncidentIntent intent, String message) {
    return add(
        key,
        intent,
        ValueType.INCIDENT,
        ImmutableIncidentRecordValue.builder()
            .withErrorType(ErrorType.JOB_NO_RETRIES)
            .withErrorMessage(message)
            .withBpmnProcessId("story")
            .withProcessInstanceKey(instance)
            .withElementId("Task_Tell")
            .withElementInstanceKey(instance + 1)
            .withJobKey(job)
            .build());
  }

  private Records add(long key, Intent intent, ValueType type, RecordValue value) {
    position += 3;
    all.add(
        ImmutableRecord.builder()
            .withPosition(position)
            .withPartitionId(partition)
            .withKey(key)
            .withTimestamp(BEGIN.plusSeconds(position).toEpochMilli())
            .withRecordType(RecordType.EVENT)
            .withRejectionType(RejectionType.NULL_VAL)
            .withIntent(intent)
            .withValueType(type)
            .withValue(value)
            .build());
    return this;
  }
}
