package dev.kodo.testing;

import java.time.Duration;
import java.util.Optional;

/** An engine whose clock a test moves. */
public interface TimedEngine extends AutoCloseable {
  /** Where its gRPC gateway is. */
  String address();

  /** Where its REST interface is; empty without one. */
  Optional<String> restAddress();

  /** Moves its clock on; what falls due happens soon after, not before this returns. */
  void pass(Duration duration);

  /** Whether neither it nor the body that works for it has anything to do at this time. */
  boolean isStill(Duration patience);

  /** What there is to do still, in words: for the message of a test that waited in vain. */
  String rest();

  @Override
  void close();
}
