package dev.kodo.process.scenario;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** What the scenario tests share: one engine for the class, a fresh stub body for each test. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class Scenario {
  private static final Duration FOR_A_WHILE = Duration.ofMinutes(1);

  private final ScenarioEngine engine = ScenarioEngine.start();
  private StubBody body = new StubBody();
  private Life life = new Life(engine, body);
  private Trace trace = new Trace(RecordTail.fromHere(engine));

  @BeforeEach
  void startAfresh() {
    body = new StubBody();
    life = new Life(engine, body);
    trace = new Trace(RecordTail.fromHere(engine));
  }

  @AfterEach
  void endWhatIsLeft() {
    trace
        .livingRoots()
        .forEach(root -> engine.client().newCancelInstanceCommand(root).send().join());
    engine.awaitIdle();
  }

  @AfterAll
  void stopEngine() {
    engine.close();
  }

  StubBody body() {
    return body;
  }

  Trace trace() {
    return trace;
  }

  ScenarioEngine engine() {
    return engine;
  }

  void start(String processId, Map<String, Object> variables) {
    engine.createInstance(processId, variables);
    life.settle();
  }

  void publish(String message, String key, Map<String, Object> variables) {
    engine.publish(message, key, FOR_A_WHILE, variables);
    life.settle();
  }

  /** Publishes a message that nobody keeps: it counts now or never. */
  void publishOnce(String message, String key) {
    engine.publish(message, key, Duration.ZERO, Map.of());
    life.settle();
  }

  void pass(String duration) {
    life.pass(Duration.parse(duration));
  }

  void settle() {
    life.settle();
  }

  Coverage coverageOf(String processId) {
    Coverage coverage = Coverage.of(processId, RecordTail.fromStart(engine).peek());
    System.out.println(coverage);
    return coverage;
  }
}
