package dev.kodo.process;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** An engine that only knows which process instances are said to run. */
public final class FakeProcessEngine extends ProcessEngine {
  private final Set<Long> running = new HashSet<>();
  private final Set<String> published = new HashSet<>();

  @SuppressWarnings("NullAway") // No client: every command of this fake is answered here.
  public FakeProcessEngine() {
    super(null);
  }

  public void run(long processInstanceKey) {
    running.add(processInstanceKey);
  }

  @Override
  public boolean isRunning(long processInstanceKey) {
    return running.contains(processInstanceKey);
  }

  @Override
  public boolean publishOnce(
      String messageName,
      String correlationKey,
      Duration timeToLive,
      Map<String, Object> variables) {
    return published.add(messageName + " " + correlationKey);
  }

  /** Names and correlation keys of the messages that were taken. */
  public Set<String> published() {
    return published;
  }
}
