package dev.kodo.model.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLHandshakeException;

/** Says for each kind of refusal what happened and what to do. */
final class Refusals {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LONGEST_EXCERPT = 120;

  /** With the words before it, it fits into the message of a job. */
  private static final int LONGEST_SENTENCE = 250;

  private Refusals() {}

  static EndpointRefused noConnection(Target target, Exception cause) {
    String message =
        "No connection to the guard at %s (%s). Look at kodo status."
            .formatted(target.address(), reason(cause));
    return new EndpointRefused(0, ResponseHead.NONE, "", message, cause);
  }

  private static String reason(Exception cause) {
    return switch (cause) {
      case HttpConnectTimeoutException late -> "it did not accept within the time";
      case SSLHandshakeException untrusted -> "its certificate was not accepted";
      default ->
          cause.getCause() instanceof UnresolvedAddressException
              ? "the host name is unknown"
              : "connection refused";
    };
  }

  static EndpointRefused ofStatus(Target target, int status, ResponseHead head, String body) {
    String detail = target.withoutToken(body);
    String message =
        head.first("Kodo-Guard")
            .map(code -> guardMessage(excerptOf(target.withoutToken(code)), detail))
            .orElseGet(() -> providerMessage(target, status, detail));
    return new EndpointRefused(status, head, detail, message, null);
  }

  private static String guardMessage(String code, String detail) {
    String why = excerptOf(sentence(detail), LONGEST_SENTENCE);
    return why.isEmpty()
        ? "The guard refused the call: %s.".formatted(code)
        : "The guard refused the call (%s): %s".formatted(code, why);
  }

  /** What the guard says to people, from {@code {"error": {"message": "…"}}}. */
  private static String sentence(String detail) {
    try {
      return JSON.readTree(detail).at("/error/message").asText();
    } catch (JsonProcessingException otherText) {
      return detail;
    }
  }

  private static String providerMessage(Target target, int status, String detail) {
    return "The model endpoint %s answered HTTP %d%s. %s"
        .formatted(target.address(), status, in(detail), advice(status));
  }

  private static String advice(int status) {
    return switch (status) {
      case 401, 403 -> "Check the provider's key.";
      case 402 -> "Check the credit of the account.";
      case 404 -> "Check the provider's address and the name of the model.";
      case 408, 429 -> "Wait, or check the limits of the account.";
      default ->
          status >= 500
              ? "Look at the endpoint's own log."
              : "Check the name of the model, the provider's address and model.max-output-tokens.";
    };
  }

  private static String in(String body) {
    String line = excerptOf(body);
    return line.isEmpty() ? "" : " (" + line + ")";
  }

  private static String excerptOf(String text) {
    return excerptOf(text, LONGEST_EXCERPT);
  }

  private static String excerptOf(String text, int longest) {
    String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    return line.length() <= longest ? line : line.substring(0, longest) + "…";
  }
}
