package dev.kodo.model.http;

import java.net.URI;
import java.net.http.HttpRequest;

/** Where the guard gives out layer 0. */
public final class ConstitutionEndpoint {
  private final Target guard;

  public ConstitutionEndpoint(Target guard) {
    this.guard = guard;
  }

  /**
   * What the guard sent.
   *
   * @param text only the beginning when it is longer than the limit
   * @param sha256 of the text's bytes as the guard names it; empty when it does not
   */
  public record Sent(String text, String sha256) {}

  /**
   * Asks the guard once.
   *
   * @throws EndpointRefused for no connection and for an HTTP error status
   * @throws OutcomeUnknown when the answer did not arrive whole
   */
  public Sent fetch() {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(guard.address() + "/constitution"))
            .header("Authorization", "Bearer " + guard.token())
            .build();
    Answered answered = SingleExchange.whole(guard).send(request);
    return new Sent(
        answered.body().text(), answered.head().first("Kodo-Constitution-Sha256").orElse(""));
  }
}
