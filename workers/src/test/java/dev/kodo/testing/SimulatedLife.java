package dev.kodo.testing;

import static org.awaitility.Awaitility.await;

import dev.kodo.KodoApplication;
import dev.kodo.process.scenario.Stillness;
import io.camunda.zeebe.process.test.api.ZeebeTestEngine;
import io.camunda.zeebe.process.test.engine.EngineFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/**
 * The real body on the real diagrams, in an engine whose clock the test moves together with the
 * body's. PostgreSQL, git and the files are real; time is not.
 */
public final class SimulatedLife implements AutoCloseable {
  private static final Duration LONG_ENOUGH = Duration.ofMinutes(2);

  private final ZeebeTestEngine engine = EngineFactory.create();
  private final TestDatabase database = TestDatabase.empty();
  private final SettableClock clock;
  private final ConfigurableApplicationContext body;
  private final Stillness stillness;
  private Duration moved = Duration.ZERO;

  /** Starts the engine and the body, with settings beside the usual ones of a test. */
  public SimulatedLife(Path workspace, SettableClock clock, Map<String, Object> settings) {
    this.clock = clock;
    engine.start();
    stillness = new Stillness(engine);
    Map<String, Object> properties = new HashMap<>();
    properties.put("server.port", 0);
    properties.put("spring.datasource.url", database.url());
    properties.put("spring.datasource.username", "postgres");
    properties.put("camunda.client.grpc-address", "http://" + engine.getGatewayAddress());
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

  public ZeebeTestEngine engine() {
    return engine;
  }

  /** Lets time pass, for the engine's timers and for the body. */
  public void pass(Duration duration) {
    clock.advance(duration);
    moved = moved.plus(duration);
    engine.increaseTime(duration);
  }

  /** Waits until the engine and the body have done what there is to do at this time. */
  public void settle() {
    await("nothing is left to do")
        .atMost(LONG_ENOUGH)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(10))
        .until(() -> stillness.reached(Instant.now().plus(moved), LONG_ENOUGH));
  }

  @Override
  public void close() {
    body.close();
    engine.stop();
  }
}
