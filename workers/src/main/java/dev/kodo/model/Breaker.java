package dev.kodo.model;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Leaves a provider alone that fails again and again, or that asked to be left alone. Afterwards
 * one call is let through as a trial.
 */
final class Breaker {
  /** So many failures in a row open it. */
  static final int FAILURES = 3;

  static final Duration OPEN_FOR = Duration.ofSeconds(30);

  /** No provider can keep itself out for longer than this. */
  static final Duration LONGEST_REST = Duration.ofHours(1);

  private static final int LONGEST_REASON = 200;

  private final Clock clock;
  private final CircuitBreaker circuit;
  private volatile Instant permitsAt = Instant.MIN;
  private volatile @Nullable String lastFailure;

  Breaker(String name, Clock clock) {
    this.clock = clock;
    this.circuit =
        CircuitBreaker.of(
            name,
            CircuitBreakerConfig.custom()
                .clock(clock)
                .slidingWindowType(SlidingWindowType.COUNT_BASED)
                .slidingWindowSize(FAILURES)
                .minimumNumberOfCalls(FAILURES)
                .failureRateThreshold(100)
                .waitDurationInOpenState(OPEN_FOR)
                .permittedNumberOfCallsInHalfOpenState(1)
                .build());
  }

  /** What a person sees. */
  enum State {
    CLOSED,
    OPEN,
    HALF_OPEN;

    String id() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * Whether a call may be made now. After a yes the caller tells how it went: {@link #succeeded},
   * {@link #failed} or {@link #spared}.
   */
  boolean permits() {
    return circuit.tryAcquirePermission();
  }

  void succeeded() {
    circuit.onSuccess(0, TimeUnit.NANOSECONDS);
  }

  /** The call ended in a way that says nothing about the provider. */
  void spared() {
    circuit.releasePermission();
  }

  /**
   * @param rest how long the provider wants to be left alone; zero when it did not say
   */
  synchronized void failed(String reason, Duration rest) {
    Instant now = clock.instant();
    lastFailure =
        now.truncatedTo(ChronoUnit.SECONDS) + " " + Characters.excerpt(reason, LONGEST_REASON);
    boolean wasOpen = circuit.getState() == CircuitBreaker.State.OPEN;
    circuit.onError(0, TimeUnit.NANOSECONDS, new IllegalStateException(reason));
    if (rest.isPositive()) {
      openFor(rest.compareTo(LONGEST_REST) < 0 ? rest : LONGEST_REST, now);
    } else if (!wasOpen && circuit.getState() == CircuitBreaker.State.OPEN) {
      permitsAt = now.plus(OPEN_FOR);
    }
  }

  private void openFor(Duration rest, Instant now) {
    if (now.plus(rest).isAfter(permitsAt)) {
      circuit.transitionToOpenStateFor(rest);
      permitsAt = now.plus(rest);
    }
  }

  State state() {
    return switch (circuit.getState()) {
      case OPEN -> untilPermitted().isZero() ? State.HALF_OPEN : State.OPEN;
      case HALF_OPEN -> State.HALF_OPEN;
      case CLOSED, DISABLED, METRICS_ONLY, FORCED_OPEN -> State.CLOSED;
    };
  }

  /** Zero when a call may be made at once. */
  Duration untilPermitted() {
    if (circuit.getState() != CircuitBreaker.State.OPEN) {
      return Duration.ZERO;
    }
    Duration left = Duration.between(clock.instant(), permitsAt);
    // The circuit opens a moment after its time, not at it.
    return left.isNegative() ? Duration.ZERO : left.plusMillis(1);
  }

  Optional<String> lastFailure() {
    return Optional.ofNullable(lastFailure);
  }
}
