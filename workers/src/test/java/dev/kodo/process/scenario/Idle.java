package dev.kodo.process.scenario;

import io.camunda.zeebe.process.test.api.ZeebeTestEngine;
import io.camunda.zeebe.stream.impl.StreamProcessor;
import java.lang.reflect.Field;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/**
 * Whether an engine has processed all that it wrote. Its own {@code waitForIdleState} asks the same
 * of the same part of it, but only twenty times a second and twice; with some thousand questions in
 * a test run that was most of the run.
 */
final class Idle {
  /** One look may fall between a message's two commands. */
  private static final int LOOKS = 3;

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(2);

  private final StreamProcessor processor;

  private Idle(StreamProcessor processor) {
    this.processor = processor;
  }

  static Idle of(ZeebeTestEngine engine) {
    try {
      Field field = engine.getClass().getDeclaredField("streamProcessor");
      field.setAccessible(true);
      return new Idle((StreamProcessor) field.get(engine));
    } catch (ReflectiveOperationException changed) {
      throw new LinkageError("This engine keeps its stream processor elsewhere", changed);
    }
  }

  /**
   * @throws AssertionError when it was still busy after {@code patience}
   */
  void await(Duration patience) {
    Instant giveUp = Instant.now().plus(patience);
    for (int looks = 0;
        looks < LOOKS;
        looks = processor.hasProcessingReachedTheEnd().join() ? looks + 1 : 0) {
      if (Instant.now().isAfter(giveUp)) {
        throw new AssertionError("The engine was still busy after " + patience);
      }
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
    }
  }
}
