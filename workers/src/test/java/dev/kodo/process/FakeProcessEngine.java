package dev.kodo.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** An engine that only knows which process instances run and which messages are waited for. */
public class FakeProcessEngine extends ProcessEngine {
  private final Set<Long> running = new HashSet<>();
  private final Set<String> waiting = new HashSet<>();
  private final List<Correlated> correlated = new ArrayList<>();
  private final List<String> published = new ArrayList<>();
  private final List<String> repairs = new ArrayList<>();
  private final Set<Long> resolved = new HashSet<>();
  private boolean refusing;

  @SuppressWarnings("NullAway") // No client: every command of this fake is answered here.
  public FakeProcessEngine() {
    super(null);
  }

  /** A message that a process took. */
  public record Correlated(String message, String key, Map<String, Object> variables) {}

  public void run(long processInstanceKey) {
    running.add(processInstanceKey);
  }

  /** It has ended. */
  public void end(long processInstanceKey) {
    running.remove(processInstanceKey);
  }

  /** Somebody else has resolved the incident; the engine does not know it any more. */
  public void resolveElsewhere(long incidentKey) {
    resolved.add(incidentKey);
  }

  /** Lets a process wait for one such message. */
  public void waitFor(String messageName, String correlationKey) {
    waiting.add(messageName + " " + correlationKey);
  }

  @Override
  public boolean isRunning(long processInstanceKey) {
    requireNoTransaction();
    return running.contains(processInstanceKey);
  }

  @Override
  public void publish(
      String messageName,
      String correlationKey,
      Duration timeToLive,
      Map<String, Object> variables) {
    published.add(messageName + " " + correlationKey);
  }

  @Override
  public boolean publishOnce(
      String messageName,
      String correlationKey,
      String messageId,
      Duration timeToLive,
      Map<String, Object> variables) {
    String message = messageName + " " + messageId;
    return !published.contains(message) && published.add(message);
  }

  @Override
  public boolean correlate(
      String messageName, String correlationKey, Map<String, Object> variables) {
    boolean taken = waiting.remove(messageName + " " + correlationKey);
    if (taken) {
      correlated.add(new Correlated(messageName, correlationKey, variables));
    }
    return taken;
  }

  /** A slow engine must not hold a connection and rows of the database. */
  private static void requireNoTransaction() {
    if (TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalStateException("Expected no call of the engine within a transaction");
    }
  }

  /** Commands to jobs, incidents and instances, in the order they came. */
  public List<String> repairs() {
    return repairs;
  }

  @Override
  public boolean updateRetries(long jobKey, int retries) {
    requireNoTransaction();
    return repairs.add("retries of %d: %d".formatted(jobKey, retries));
  }

  @Override
  public boolean resolveIncident(long incidentKey) {
    requireNoTransaction();
    return resolved.add(incidentKey) && repairs.add("resolve " + incidentKey);
  }

  /** From now on it takes no command to cancel. */
  public void refuseToCancel() {
    refusing = true;
  }

  @Override
  public boolean cancel(long processInstanceKey) {
    requireNoTransaction();
    if (refusing) {
      throw new EngineUnavailable(new IllegalStateException("told to"));
    }
    return repairs.add("cancel " + processInstanceKey);
  }

  public List<Correlated> correlated() {
    return correlated;
  }

  /** Names and ids of the messages that were taken; the correlation key where there is no id. */
  public List<String> published() {
    return published;
  }
}
