package dev.kodo.testing;

import dev.kodo.process.scenario.Stillness;
import io.camunda.zeebe.process.test.api.ZeebeTestEngine;
import io.camunda.zeebe.process.test.engine.EngineFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The engine in this JVM. Its records can be read. It copies its whole state for each search in it,
 * which is too slow for many agents.
 */
public final class InMemoryEngine implements TimedEngine {
  private final ZeebeTestEngine engine = EngineFactory.create();
  private final Stillness stillness;
  private Duration moved = Duration.ZERO;

  public InMemoryEngine() {
    engine.start();
    stillness = new Stillness(engine);
  }

  /** For tests that read its records. */
  public ZeebeTestEngine engine() {
    return engine;
  }

  @Override
  public String address() {
    return "http://" + engine.getGatewayAddress();
  }

  @Override
  public Optional<String> restAddress() {
    return Optional.empty();
  }

  @Override
  public void pass(Duration duration) {
    moved = moved.plus(duration);
    engine.increaseTime(duration);
  }

  @Override
  public boolean isStill(Duration patience) {
    return stillness.reached(now(), patience);
  }

  @Override
  public String rest() {
    return stillness.rest(now());
  }

  private Instant now() {
    return Instant.now().plus(moved);
  }

  @Override
  public void close() {
    engine.stop();
  }
}
