package dev.kodo.model.http;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import org.jspecify.annotations.Nullable;

/** Carries one request of LangChain4j, and remembers what really came of it. */
final class SingleRequestClient implements HttpClient {
  private final Target target;
  private final TokenCounts counts;
  private volatile @Nullable Answered answered;
  private volatile @Nullable RuntimeException failure;

  SingleRequestClient(Target target, TokenCounts counts) {
    this.target = target;
    this.counts = counts;
  }

  /** The answer with status 2xx, readable or not; null when there was none. */
  @Nullable Answered answered() {
    return answered;
  }

  /** What {@link #execute} threw; the library in between may wrap it or throw something else. */
  @Nullable RuntimeException failure() {
    return failure;
  }

  @Override
  public SuccessfulHttpResponse execute(HttpRequest request) {
    Answered arrived;
    try {
      arrived = new SingleExchange(target).send(translated(request));
    } catch (EndpointRefused | OutcomeUnknown known) {
      failure = known;
      throw known;
    }
    answered = arrived;
    if (!arrived.body().complete()) {
      throw new IllegalStateException("The answer is too large.");
    }
    return SuccessfulHttpResponse.builder()
        .statusCode(arrived.status())
        .headers(arrived.head().headers().map())
        .body(counts.corrected(arrived.body().text()))
        .build();
  }

  private static java.net.http.HttpRequest translated(HttpRequest request) {
    var translated =
        java.net.http.HttpRequest.newBuilder(URI.create(request.url()))
            .method(
                request.method().name(), BodyPublishers.ofString(LeanRequest.of(request.body())));
    request
        .headers()
        .forEach((name, values) -> values.forEach(value -> translated.header(name, value)));
    return translated.build();
  }

  @Override
  public void execute(
      HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
    throw new UnsupportedOperationException("Kodo does not stream answers.");
  }
}
