package dev.kodo.testing;

import static org.awaitility.Awaitility.await;

import dev.kodo.KodoApplication;
import dev.kodo.worker.IdleBody;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.awaitility.core.ConditionTimeoutException;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/**
 * The real body on the real diagrams, in an engine whose clock the test moves together with the
 * body's. PostgreSQL, git and the files are real; time is not.
 */
public final class SimulatedLife implements AutoCloseable {
  /** Generous: at midnight twenty agents begin at once. */
  private static final Duration LONG_ENOUGH = Duration.ofMinutes(10);

  private final TimedEngine engine;
  private final TestDatabase database = TestDatabase.empty();
  private final SettableClock clock;
  private final ConfigurableApplicationContext body;

  /**
   * Starts the body, with settings beside the usual ones of a test.
   *
   * @param engine is closed with this life
   */
  public SimulatedLife(
      TimedEngine engine, Path workspace, SettableClock clock, Map<String, Object> settings) {
    this.engine = engine;
    this.clock = clock;
    Map<String, Object> properties = new HashMap<>();
    properties.put("server.port", 0);
    properties.put("spring.datasource.url", database.url());
    properties.put("spring.datasource.username", "postgres");
    properties.put("camunda.client.grpc-address", engine.address());
    engine
        .restAddress()
        .ifPresent(address -> properties.put("camunda.client.rest-address", address));
    properties.put("camunda.client.execution-threads", 4);
    properties.put("camunda.client.request-timeout", "PT1M");
    properties.put("kodo.installation", Path.of("..").toAbsolutePath().normalize().toString());
    properties.put("kodo.engine-id", "in-memory");
    properties.put("kodo.api-token", "test");
    properties.put("kodo.time-zone", "UTC");
    properties.put("kodo.workspace.path", workspace.toString());
    properties.put("kodo.models.file", TestProperties.rehearsal().toString());
    properties.putAll(settings);
    body =
        new SpringApplicationBuilder(KodoApplication.class)
            .initializers(
                context ->
                    ((GenericApplicationContext) context).registerBean(Clock.class, () -> clock))
            .run(
                // Arguments, since the starter's own defaults come before default properties.
                properties.entrySet().stream()
                    .map(entry -> "--" + entry.getKey() + "=" + entry.getValue())
                    .toArray(String[]::new));
  }

  public TestDatabase database() {
    return database;
  }

  /** A part of the running body. */
  public <T> T part(Class<T> type) {
    return body.getBean(type);
  }

  /** Lets time pass, for the engine's timers and for the body. */
  public void pass(Duration duration) {
    clock.advance(duration);
    engine.pass(duration);
  }

  /** Waits until the engine and the body have done what there is to do at this time. */
  public void settle() {
    try {
      await("nothing is left to do")
          .atMost(LONG_ENOUGH)
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(10))
          .until(this::isStill);
    } catch (ConditionTimeoutException late) {
      throw new AssertionError("At %s: %s".formatted(clock.instant(), engine.rest()), late);
    }
  }

  private boolean isStill() {
    return IdleBody.await(body, LONG_ENOUGH)
        && engine.isStill(LONG_ENOUGH)
        && IdleBody.await(body, Duration.ZERO);
  }

  @Override
  public void close() {
    body.close();
    engine.close();
  }
}
