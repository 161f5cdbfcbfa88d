package dev.kodo.model;

import dev.kodo.model.http.OutcomeUnknown;
import dev.kodo.process.ErrorCode;
import dev.kodo.worker.CallRefused;
import dev.kodo.worker.JobFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What went wrong until now with one inquiry, and what it comes to when no provider is left. */
final class Setbacks {
  /** The engine waits no longer than this for a provider that wants to be left alone. */
  static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  /** All reasons together have to fit into the message of a job, with a sentence before them. */
  private static final int LONGEST_LIST = 265;

  private record Refused(Provider provider, JobFailure failure) {}

  private final List<Refused> all = new ArrayList<>();
  private @Nullable Duration pause;
  private boolean tooDear;
  private boolean tooSlow;
  private @Nullable JobFailure lost;

  /**
   * @throws JobFailure when no other provider would fare better
   */
  void refused(Provider provider, CallRefused refused) {
    Consequence consequence =
        refused instanceof ProviderRefused known ? known.consequence() : new Consequence.Unfit();
    switch (consequence) {
      case Consequence.Final last -> throw last.failure();
      case Consequence.TooDear dear -> tooDear = true;
      case Consequence.TooSlow slow -> tooSlow = true;
      case Consequence.Failing failing -> maybeLater(provider);
      case Consequence.Resting resting -> maybeLater(provider);
      case Consequence.Unfit unfit -> maybeLater(provider);
    }
    all.add(new Refused(provider, refused));
  }

  private void maybeLater(Provider provider) {
    Duration left = provider.breaker().untilPermitted();
    pause = pause == null || left.compareTo(pause) < 0 ? left : pause;
  }

  /**
   * A call whose outcome nobody knows. One question may lose one call to such an outcome, and so
   * waits for at most one time-out.
   *
   * @throws JobFailure when it is the second one, or when nobody waits for the answer any more
   */
  void lost(Provider provider, JobFailure failure) {
    if (lost != null || endsTheQuestion(failure.getCause())) {
      throw failure;
    }
    lost = failure;
    all.add(new Refused(provider, failure));
  }

  private static boolean endsTheQuestion(@Nullable Throwable cause) {
    return switch (cause) {
      case OutcomeUnknown unknown -> unknown.givenUp();
      case SettledUnknown unknown -> unknown.ours();
      case null, default -> false;
    };
  }

  /** What to tell the engine when no provider is left. */
  JobFailure outcome() {
    if (pause != null) {
      return new CallRefused(ErrorCode.MODEL_UNAVAILABLE, bounded(pause), message());
    }
    if (tooDear) {
      return JobFailure.bpmnError(ErrorCode.BUDGET_EXCEEDED, message(), null);
    }
    if (lost != null) {
      return lost;
    }
    if (tooSlow) {
      // Trying again would find the same speed.
      return JobFailure.bpmnError(ErrorCode.MODEL_UNAVAILABLE, message(), null);
    }
    throw new IllegalStateException("Expected at least one provider");
  }

  static Duration bounded(Duration wanted) {
    return wanted.compareTo(LONGEST_PAUSE) < 0 ? wanted : LONGEST_PAUSE;
  }

  private String message() {
    if (all.size() == 1) {
      return all.getFirst().failure().reason();
    }
    StringBuilder message = new StringBuilder("No provider took the call.");
    for (Refused each : all) {
      String why = each.provider().name() + ": " + each.failure().reason();
      message.append(' ').append(Characters.excerpt(why, LONGEST_LIST / all.size()));
    }
    return message.toString();
  }
}
