package dev.kodo.model.http;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Optional;

/** Asks the guard for what it knows. Nothing depends on an answer. */
public final class GuardInquiry {
  private final Target guard;

  public GuardInquiry(Target guard) {
    this.guard = guard;
  }

  /** The whole answer with status 2xx; else empty. */
  public Optional<String> get(String path) {
    return answer(request(path));
  }

  public Optional<String> post(String path, String json) {
    return answer(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json)));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(guard.address() + path))
        .header("Authorization", "Bearer " + guard.token());
  }

  private Optional<String> answer(HttpRequest.Builder request) {
    try {
      BoundedBody body = SingleExchange.whole(guard).send(request.build()).body();
      return body.complete() ? Optional.of(body.text()) : Optional.empty();
    } catch (EndpointRefused refused) {
      return Optional.empty();
    } catch (OutcomeUnknown unknown) {
      if (unknown.givenUp()) {
        // Whoever asks has more to do than this, and has to notice it there.
        Thread.currentThread().interrupt();
      }
      return Optional.empty();
    }
  }
}
