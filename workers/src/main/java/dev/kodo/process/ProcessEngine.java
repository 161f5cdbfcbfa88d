package dev.kodo.process;

import io.camunda.client.CamundaClient;
import io.camunda.client.api.command.ClientException;
import io.camunda.client.api.command.ClientStatusException;
import io.camunda.client.api.command.FinalCommandStep;
import io.camunda.client.api.command.ProblemException;
import io.grpc.Status;
import java.time.Duration;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * What the features ask of the engine, in their own words. Every method throws {@link
 * EngineUnavailable} when the engine does not take the command.
 */
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
    return taken(
        client.newSetVariablesCommand(processInstanceKey).variables(Map.of()).local(true),
        Status.Code.NOT_FOUND);
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
    send(
        client
            .newPublishMessageCommand()
            .messageName(messageName)
            .correlationKey(correlationKey)
            .timeToLive(timeToLive)
            .variables(variables));
  }

  /** Like the other one, for a message without variables. */
  public boolean publishOnce(
      String messageName, String correlationKey, String messageId, Duration timeToLive) {
    return publishOnce(messageName, correlationKey, messageId, timeToLive, Map.of());
  }

  /**
   * Publishes a message that the engine takes only once while it lives, received or not.
   *
   * @param messageId what is the same in the repeats of a message
   * @return false when a message with this id lives already
   */
  public boolean publishOnce(
      String messageName,
      String correlationKey,
      String messageId,
      Duration timeToLive,
      Map<String, Object> variables) {
    return taken(
        client
            .newPublishMessageCommand()
            .messageName(messageName)
            .correlationKey(correlationKey)
            .messageId(messageId)
            .timeToLive(timeToLive)
            .variables(variables),
        Status.Code.ALREADY_EXISTS);
  }

  /** Hands a message to a process that waits for it right now; false when none does. */
  public boolean correlate(
      String messageName, String correlationKey, Map<String, Object> variables) {
    try {
      client
          .newCorrelateMessageCommand()
          .messageName(messageName)
          .correlationKey(correlationKey)
          .variables(variables)
          .send()
          .join();
      return true;
    } catch (ProblemException refused) {
      if (nobodyWaits(refused)) {
        return false;
      }
      throw new EngineUnavailable(refused);
    } catch (ClientException gone) {
      throw new EngineUnavailable(gone);
    }
  }

  /** An engine before 8.6 answers 404 as well, since it knows no such request at all. */
  private static boolean nobodyWaits(ProblemException refused) {
    String detail = refused.details().getDetail();
    return refused.code() == 404 && detail != null && detail.contains("NOT_FOUND");
  }

  /** Gives a job this many retries; false when the engine has no such job any more. */
  public boolean updateRetries(long jobKey, int retries) {
    return taken(client.newUpdateRetriesCommand(jobKey).retries(retries), Status.Code.NOT_FOUND);
  }

  /** Lets a stuck step go on; false when the engine has no such incident any more. */
  public boolean resolveIncident(long incidentKey) {
    return taken(client.newResolveIncidentCommand(incidentKey), Status.Code.NOT_FOUND);
  }

  /** Cancels a process instance that no other one called; false when it has ended. */
  public boolean cancel(long processInstanceKey) {
    return taken(client.newCancelInstanceCommand(processInstanceKey), Status.Code.NOT_FOUND);
  }

  /** Has the engine take one command that nobody receives; returns how long that took. */
  public Duration canary() {
    long before = System.nanoTime();
    publish("canary", "canary", Duration.ZERO, Map.of());
    return Duration.ofNanos(System.nanoTime() - before);
  }

  /** Sends a command; false when the engine refuses it with {@code refusal}. */
  private static boolean taken(FinalCommandStep<?> command, Status.Code refusal) {
    try {
      command.send().join();
      return true;
    } catch (ClientStatusException refused) {
      if (refused.getStatusCode() == refusal) {
        return false;
      }
      throw new EngineUnavailable(refused);
    } catch (ClientException gone) {
      throw new EngineUnavailable(gone);
    }
  }

  private static void send(FinalCommandStep<?> command) {
    try {
      command.send().join();
    } catch (ClientException gone) {
      throw new EngineUnavailable(gone);
    }
  }
}
