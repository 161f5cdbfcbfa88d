package dev.kodo.model.openai;

import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLHandshakeException;

/** Says for each kind of refusal what happened and what to do. */
final class Refusals {
  private static final int LONGEST_EXCERPT = 120;

  private Refusals() {}

  static EndpointRefused noConnection(EndpointSettings settings, Exception cause) {
    String message =
        "No connection to the model endpoint %s (%s). Start it, or correct model.base-url."
            .formatted(settings.baseUrl(), reason(cause));
    return new EndpointRefused(0, "", message, cause);
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

  static EndpointRefused ofStatus(EndpointSettings settings, int status, String body) {
    String detail = settings.withoutKey(body);
    String message =
        "The model endpoint %s answered HTTP %d%s. %s"
            .formatted(settings.baseUrl(), status, excerpt(detail), advice(status));
    return new EndpointRefused(status, detail, message, null);
  }

  private static String advice(int status) {
    return switch (status) {
      case 401, 403 -> "Check the key in the variable named by model.api-key-env.";
      case 402 -> "Check the credit of the account.";
      case 404 -> "Check model.base-url and model.name.";
      case 408, 429 -> "Wait, or check the limits of the account.";
      default ->
          status >= 500
              ? "Look at the endpoint's own log."
              : "Check model.name, model.base-url and model.max-output-tokens.";
    };
  }

  private static String excerpt(String body) {
    String line = body.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    if (line.isEmpty()) {
      return "";
    }
    return " ("
        + (line.length() <= LONGEST_EXCERPT ? line : line.substring(0, LONGEST_EXCERPT) + "…")
        + ")";
  }
}
