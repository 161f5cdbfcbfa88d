package dev.kodo.testing;

import dev.kodo.kernel.engine.TestBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** A published broker in a process of its own. */
public final class BrokerEngine implements TimedEngine {
  /** The engine looks for due timers ten times a second. */
  private static final Duration QUIET = Duration.ofMillis(500);

  private final TestBroker broker;

  public BrokerEngine(TestBroker.Release release, Path data, TestBroker.Span span) {
    Path cache = Path.of("..", "target", "kodo-cache").toAbsolutePath().normalize();
    broker = TestBroker.start(release, cache, data, span);
  }

  @Override
  public String address() {
    return broker.grpcAddress();
  }

  @Override
  public Optional<String> restAddress() {
    return Optional.of(broker.restAddress());
  }

  @Override
  public void pass(Duration duration) {
    broker.pass(duration);
  }

  /** From outside nothing else is to be seen than that its log does not grow for a while. */
  @Override
  public boolean isStill(Duration patience) {
    long before = processed();
    LockSupport.parkNanos(QUIET.toNanos());
    return processed() == before;
  }

  @Override
  public String rest() {
    return "the broker has processed its log up to " + processed();
  }

  private long processed() {
    try {
      return broker.processed();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    broker.close();
  }
}
