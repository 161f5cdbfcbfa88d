package dev.kodo.worker;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which job is being worked on.
 *
 * @param modelClass id of the class of models that this process instance asks
 * @param deadline when its activity has to be done, so that no call goes on after it; null when
 *     nothing ends it
 * @param processId id of the process in its BPMN file
 * @param headers task headers of the diagram
 */
public record JobIdentity(
    String engineId,
    String agentId,
    String modelClass,
    @Nullable Instant deadline,
    String jobType,
    long jobKey,
    long elementInstanceKey,
    long processInstanceKey,
    String processId,
    String elementId,
    Map<String, String> headers) {
  public JobIdentity {
    headers = Map.copyOf(headers);
  }

  EffectOrigin origin() {
    return new EffectOrigin(agentId, processInstanceKey, jobType);
  }

  EffectKey effect(String step) {
    return new EffectKey(engineId, elementInstanceKey, step);
  }
}
