package dev.kodo.worker;

import java.util.Map;

/** Which job is being worked on. {@code headers} are the task headers of the diagram. */
public record JobIdentity(
    String engineId,
    String agentId,
    String jobType,
    long jobKey,
    long elementInstanceKey,
    long processInstanceKey,
    String elementId,
    Map<String, String> headers) {
  public JobIdentity {
    headers = Map.copyOf(headers);
  }

  EffectKey effect(String step) {
    return new EffectKey(engineId, elementInstanceKey, step);
  }
}
