package dev.kodo.model.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import org.jspecify.annotations.Nullable;

/** Carries one request of LangChain4j, and remembers what really came of it. */
final class SingleRequestClient implements HttpClient {
  private final Target target;
  private final Words words;
  private volatile @Nullable Answered answered;
  private volatile @Nullable StreamEvents events;
  private volatile @Nullable RuntimeException failure;

  SingleRequestClient(Target target, Words words) {
    this.target = target;
    this.words = words;
  }

  /** The answer with status 2xx, readable or not; null when there was none. */
  @Nullable Answered answered() {
    return answered;
  }

  /** What the stream told besides its text; null when there was none. */
  @Nullable StreamEvents events() {
    return events;
  }

  /** What {@link #execute} threw; the library in between may wrap it or throw something else. */
  @Nullable RuntimeException failure() {
    return failure;
  }

  @Override
  public SuccessfulHttpResponse execute(HttpRequest request) {
    Answered arrived = sent(SingleExchange.whole(target), request);
    if (!arrived.body().complete()) {
      throw new IllegalStateException("The answer is too large.");
    }
    return response(arrived, TokenCounts.corrected(arrived.body().text()));
  }

  /**
   * Reads the stream when it has come to its end or was cut. Nobody looks at it before, and the
   * caller's own thread can so wait for it, be interrupted and give the connection up.
   */
  @Override
  public void execute(
      HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
    Answered arrived = sent(SingleExchange.stream(target), request);
    StreamEvents sieve = new StreamEvents(listener);
    events = sieve;
    sieve.onOpen(response(arrived, ""));
    parser.parse(new ByteArrayInputStream(arrived.body().text().getBytes(UTF_8)), sieve);
    sieve.onClose();
  }

  private Answered sent(SingleExchange exchange, HttpRequest request) {
    try {
      Answered arrived = exchange.send(translated(request));
      answered = arrived;
      return arrived;
    } catch (EndpointRefused | OutcomeUnknown known) {
      failure = known;
      throw known;
    }
  }

  private static SuccessfulHttpResponse response(Answered arrived, String body) {
    return SuccessfulHttpResponse.builder()
        .statusCode(arrived.status())
        .headers(arrived.head().headers().map())
        .body(body)
        .build();
  }

  private java.net.http.HttpRequest translated(HttpRequest request) {
    var translated =
        java.net.http.HttpRequest.newBuilder(URI.create(request.url()))
            .method(
                request.method().name(),
                BodyPublishers.ofString(LeanRequest.of(request.body(), words)));
    request
        .headers()
        .forEach((name, values) -> values.forEach(value -> translated.header(name, value)));
    return translated.build();
  }
}
