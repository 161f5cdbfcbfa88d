package dev.kodo.process.scenario;

import io.camunda.client.api.response.ActivatedJob;
import io.camunda.client.api.worker.JobClient;
import io.camunda.client.api.worker.JobHandler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** Answers each job as the scenario says; the usual answers make a quiet, successful beat. */
final class StubBody implements Body {
  /** What one job was given. */
  record Call(Map<String, Object> variables, Map<String, String> headers) {}

  private final Map<String, JobHandler> handlers = new TreeMap<>();
  private final Map<String, List<Call>> calls = new HashMap<>();
  private final Set<String> held = new HashSet<>();

  StubBody() {
    UsualAnswers.BY_TYPE.forEach(this::answer);
  }

  /** From now on jobs of this type are completed with these variables. */
  StubBody answer(String type, Map<String, Object> variables) {
    handlers.put(type, (client, job) -> complete(client, job, variables));
    return this;
  }

  /** From now on the usual answer, with these variables instead or besides. */
  StubBody answerAlso(String type, Map<String, Object> variables) {
    Map<String, Object> all = new HashMap<>(UsualAnswers.BY_TYPE.getOrDefault(type, Map.of()));
    all.putAll(variables);
    return answer(type, all);
  }

  /** From now on jobs of this type end with this BPMN error. */
  StubBody fail(String type, String errorCode) {
    handlers.put(type, (client, job) -> throwError(client, job, errorCode));
    return this;
  }

  /** From now on jobs of this type end with this BPMN error where a variable has this value. */
  StubBody failWhen(String type, String variable, String value, String errorCode) {
    JobHandler usual = Objects.requireNonNull(handlers.get(type));
    handlers.put(
        type,
        (client, job) -> {
          if (value.equals(job.getVariablesAsMap().get(variable))) {
            throwError(client, job, errorCode);
          } else {
            usual.handle(client, job);
          }
        });
    return this;
  }

  /** From now on jobs of this type run out of retries; the engine makes an incident of each. */
  StubBody jam(String type) {
    handlers.put(type, StubBody::giveUp);
    return this;
  }

  /** Leaves jobs of this type open. */
  StubBody hold(String type) {
    held.add(type);
    return this;
  }

  StubBody release(String type) {
    held.remove(type);
    return this;
  }

  List<Call> calls(String type) {
    return calls.getOrDefault(type, List.of());
  }

  /** The variables of the latest job of this type. */
  Map<String, Object> lastInput(String type) {
    return calls(type).getLast().variables();
  }

  @Override
  public Map<String, JobHandler> handlers() {
    return handlers;
  }

  @Override
  public boolean takes(String jobType) {
    return handlers.containsKey(jobType) && !held.contains(jobType);
  }

  private void complete(JobClient client, ActivatedJob job, Map<String, Object> variables) {
    note(job);
    client.newCompleteCommand(job).variables(variables).send().join();
  }

  private static void giveUp(JobClient client, ActivatedJob job) {
    client.newFailCommand(job).retries(0).errorMessage(job.getType() + " broke").send().join();
  }

  private void throwError(JobClient client, ActivatedJob job, String errorCode) {
    note(job);
    String message = job.getType() + " could not do its work";
    client
        .newThrowErrorCommand(job)
        .errorCode(errorCode)
        .errorMessage(message)
        .variables(Map.of("errorCode", errorCode, "errorMessage", message))
        .send()
        .join();
  }

  private void note(ActivatedJob job) {
    calls
        .computeIfAbsent(job.getType(), type -> new ArrayList<>())
        .add(new Call(job.getVariablesAsMap(), job.getCustomHeaders()));
  }
}
