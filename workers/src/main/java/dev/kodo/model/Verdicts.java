package dev.kodo.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kodo.model.http.Cost;
import dev.kodo.model.http.EndpointRefused;
import dev.kodo.process.ErrorCode;
import dev.kodo.worker.CallRefused;
import dev.kodo.worker.JobFailure;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Judges what a refusal means: the guard's own by their code, a provider's by its status. */
final class Verdicts {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Limits of the beat or run itself, where it stated some: the rest of the budget is untouched.
   */
  private static final Set<String> CAPS_OF_AN_ACCOUNT =
      Set.of("stated-spend", "stated-calls", "per-heartbeat");

  private final Clock clock;

  Verdicts(Clock clock) {
    this.clock = clock;
  }

  /**
   * What to throw: {@link ProviderRefused}, or {@link SettledUnknown} when a call got lost.
   *
   * @param cost of this refusal and of those before it in the same call; null when nobody said
   * @param allowance what the question stated, whose limits are told apart from the budget's
   */
  RuntimeException of(EndpointRefused refused, @Nullable Cost cost, @Nullable Allowance allowance) {
    String message = String.valueOf(refused.getMessage());
    String code = refused.guardCode().orElse("");
    return switch (code) {
      case "provider-timeout", "provider-garbled" ->
          new SettledUnknown(message, cost, false, refused);
      // No other provider has more time. A call that was made carries its cost; without one, none
      // was.
      case "deadline-passed" ->
          cost != null
              ? new SettledUnknown(message, cost, true, refused)
              : new ProviderRefused(
                  new Consequence.Final(
                      JobFailure.bpmnError(ErrorCode.MODEL_UNAVAILABLE, message, refused)),
                  message,
                  null,
                  refused);
      case "" -> new ProviderRefused(ofStatus(refused), message, cost, refused);
      default ->
          new ProviderRefused(ofGuard(code, refused, message, allowance), message, cost, refused);
    };
  }

  private Consequence ofGuard(
      String code, EndpointRefused refused, String message, @Nullable Allowance allowance) {
    return switch (code) {
      case "provider-unreachable" -> new Consequence.Failing(rest(refused));
      case "provider-unknown", "model-unknown", "too-large" -> new Consequence.Unfit();
      case "too-slow" -> new Consequence.TooSlow();
      case "budget-exceeded" -> overBudget(refused, message, allowance);
      case "stopped", "busy", "ledger-unavailable", "books-taken" ->
          new Consequence.Final(
              new CallRefused(
                  ErrorCode.MODEL_UNAVAILABLE, Setbacks.bounded(rest(refused)), message));
      // The body's own fault: waiting helps nobody, so a person sees an incident.
      default -> new Consequence.Final(JobFailure.retry(message, refused));
    };
  }

  private static Consequence overBudget(
      EndpointRefused refused, String message, @Nullable Allowance allowance) {
    String cap = cap(refused);
    if (cap.equals("per-call")) {
      return new Consequence.TooDear();
    }
    boolean ofTheAccount = allowance != null && CAPS_OF_AN_ACCOUNT.contains(cap);
    return new Consequence.Final(
        JobFailure.bpmnError(
            ofTheAccount ? ErrorCode.LIMIT_REACHED : ErrorCode.BUDGET_EXCEEDED, message, refused));
  }

  private Consequence ofStatus(EndpointRefused refused) {
    return switch (refused.status()) {
      // Nobody listens at the guard's address: no provider is to blame.
      case 0 -> new Consequence.Unfit();
      // About this request, not about the provider's health.
      case 400, 413, 422 -> new Consequence.Unfit();
      default -> new Consequence.Failing(rest(refused));
    };
  }

  private Duration rest(EndpointRefused refused) {
    return refused.retryAfter().map(header -> RetryAfter.of(header, clock)).orElse(Duration.ZERO);
  }

  /** Which cap left no room, from {@code {"error": {"cap": "per-call"}}}; empty when not told. */
  private static String cap(EndpointRefused refused) {
    try {
      return JSON.readTree(refused.detail()).at("/error/cap").asText();
    } catch (JsonProcessingException cutOff) {
      return "";
    }
  }
}
