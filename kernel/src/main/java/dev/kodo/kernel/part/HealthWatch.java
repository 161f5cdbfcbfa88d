package dev.kodo.kernel.part;

import java.time.Duration;

/** Decides from the checks of one process whether it works, is in trouble, or is hung. */
final class HealthWatch {
  private static final Duration RETRY = Duration.ofMillis(500);

  /** What the last look told. */
  sealed interface Verdict {
    record Unchanged() implements Verdict {}

    record Passed() implements Verdict {}

    record Failing(String error) implements Verdict {}

    record Blocked(String error) implements Verdict {}

    record Hopeless(String error) implements Verdict {}
  }

  private final Part part;
  private long started;
  private long nextCheck;
  private long healthySince = -1;
  private long lastPassed = -1;

  HealthWatch(Part part, long now) {
    this.part = part;
    this.started = now;
    this.nextCheck = now;
  }

  Verdict look(long now) {
    if (now - nextCheck < 0) {
      return new Verdict.Unchanged();
    }
    try {
      part.check();
      return passed(System.nanoTime());
    } catch (OutsideTrouble e) {
      return outside(System.nanoTime(), e);
    } catch (Exception e) {
      return failed(System.nanoTime(), e);
    }
  }

  Duration healthyFor(long now) {
    return healthySince < 0 ? Duration.ZERO : Duration.ofNanos(now - healthySince);
  }

  private Verdict passed(long now) {
    if (healthySince < 0) {
      healthySince = now;
    }
    lastPassed = now;
    nextCheck = now + part.timing().interval().toNanos();
    return new Verdict.Passed();
  }

  /** The time until the part counts as hung begins when the trouble is over. */
  private Verdict outside(long now, OutsideTrouble e) {
    nextCheck = now + part.timing().interval().toNanos();
    healthySince = -1;
    if (lastPassed >= 0) {
      lastPassed = now;
    } else {
      started = now;
    }
    return new Verdict.Blocked(String.valueOf(e.getMessage()));
  }

  private Verdict failed(long now, Exception e) {
    String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    nextCheck = now + Math.min(RETRY.toNanos(), part.timing().interval().toNanos());
    boolean everHealthy = lastPassed >= 0;
    healthySince = -1;
    long since = everHealthy ? lastPassed : started;
    Duration limit = everHealthy ? part.timing().hung() : part.timing().start();
    if (now - since > limit.toNanos()) {
      return new Verdict.Hopeless(
          (everHealthy ? "hung: no passed check for " : "no passed check within ")
              + limit.toSeconds()
              + " s; last answer: "
              + reason);
    }
    return new Verdict.Failing(reason);
  }
}
