package dev.kodo.process;

import io.camunda.client.CamundaClient;
import io.camunda.client.api.command.ClientStatusException;
import io.camunda.client.api.command.ProblemException;
import io.grpc.Status;
import java.time.Duration;
import java.util.Map;
import org.springframework.stereotype.Component;

/** What the features ask of the engine, in their own words. */
@Component
public class ProcessEngine {
  private final CamundaClient client;

  ProcessEngine(CamundaClient client) {
    this.client = client;
  }

  /**
   * Whether a process instance still exists in the engine. It is asked by setting no variables on
   * it, a command that changes nothing and is refused for an instance that has ended.
   */
  public boolean isRunning(long processInstanceKey) {
    try {
      client
          .newSetVariablesCommand(processInstanceKey)
          .variables(Map.of())
          .local(true)
          .send()
          .join();
      return true;
    } catch (ClientStatusException refused) {
      if (refused.getStatusCode() == Status.Code.NOT_FOUND) {
        return false;
      }
      throw refused;
    }
  }

  /**
   * Publishes a message.
   *
   * @param timeToLive how long it waits for a receiver; zero when being ignored is the point
   */
  public void publish(
      String messageName,
      String correlationKey,
      Duration timeToLive,
      Map<String, Object> variables) {
    client
        .newPublishMessageCommand()
        .messageName(messageName)
        .correlationKey(correlationKey)
        .timeToLive(timeToLive)
        .variables(variables)
        .send()
        .join();
  }

  /**
   * Publishes a message that the engine takes only once while it lives.
   *
   * @return false when a message with this id is already on its way
   */
  public boolean publishOnce(
      String messageName,
      String correlationKey,
      Duration timeToLive,
      Map<String, Object> variables) {
    try {
      client
          .newPublishMessageCommand()
          .messageName(messageName)
          .correlationKey(correlationKey)
          .messageId(correlationKey)
          .timeToLive(timeToLive)
          .variables(variables)
          .send()
          .join();
      return true;
    } catch (ClientStatusException refused) {
      if (refused.getStatusCode() == Status.Code.ALREADY_EXISTS) {
        return false;
      }
      throw refused;
    }
  }

  /** Hands a message to a process that waits for it right now; false when none does. */
  public boolean correlate(String messageName, String correlationKey) {
    try {
      client
          .newCorrelateMessageCommand()
          .messageName(messageName)
          .correlationKey(correlationKey)
          .send()
          .join();
      return true;
    } catch (ProblemException refused) {
      if (refused.code() == 404) {
        return false;
      }
      throw refused;
    }
  }

  /** Has the engine take one command that nobody receives; returns how long that took. */
  public Duration canary() {
    long before = System.nanoTime();
    publish("canary", "canary", Duration.ZERO, Map.of());
    return Duration.ofNanos(System.nanoTime() - before);
  }
}
