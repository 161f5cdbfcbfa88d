package dev.kodo.model.openai;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient.Version;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * Sends one request, once, on a connection of its own: a kept-alive connection that the endpoint
 * has closed meanwhile would make an outcome unknown for nothing. HTTP/1.1, because some local
 * servers answer an upgrade to HTTP/2 with an error. The time-out covers the body too, which the
 * JDK's own does not.
 */
final class SingleRequestClient implements HttpClient {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final int LONGEST_ERROR_BODY = 16 * 1024;

  private final EndpointSettings settings;
  private volatile int status;
  private volatile boolean answered;
  private volatile boolean tooLarge;
  private volatile @Nullable RuntimeException failure;

  SingleRequestClient(EndpointSettings settings) {
    this.settings = settings;
  }

  /** True when a whole answer with status 2xx has arrived, readable or not. */
  boolean answered() {
    return answered;
  }

  /** True when the answer was longer than allowed; then {@link #answered()} is true as well. */
  boolean tooLarge() {
    return tooLarge;
  }

  /** What {@link #execute} threw; the library in between may wrap it or throw something else. */
  @Nullable RuntimeException failure() {
    return failure;
  }

  @Override
  public SuccessfulHttpResponse execute(HttpRequest request) {
    java.net.http.HttpClient client =
        java.net.http.HttpClient.newBuilder()
            .version(Version.HTTP_1_1)
            .connectTimeout(shorter(CONNECT_TIMEOUT, settings.timeout()))
            .build();
    try {
      return successful(exchange(client, request));
    } catch (EndpointRefused | OutcomeUnknown known) {
      failure = known;
      throw known;
    } finally {
      client.shutdownNow();
    }
  }

  private HttpResponse<BoundedBody> exchange(java.net.http.HttpClient client, HttpRequest request) {
    CompletableFuture<HttpResponse<BoundedBody>> response =
        client.sendAsync(translated(request), noticingTheStatus());
    try {
      return response.get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      response.cancel(true);
      throw failed("did not answer within " + settings.timeout(), late);
    } catch (InterruptedException noLongerWanted) {
      // Not interrupted again: the caller must still be able to record the outcome in the database.
      response.cancel(true);
      throw failed("was given up, since the job is no longer wanted", noLongerWanted);
    } catch (ExecutionException failure) {
      throw told(failure.getCause() == null ? failure : failure.getCause());
    }
  }

  private BodyHandler<BoundedBody> noticingTheStatus() {
    return info -> {
      status = info.statusCode();
      int limit = success() ? settings.maxAnswerBytes() : LONGEST_ERROR_BODY;
      return BoundedBody.handler(limit).apply(info);
    };
  }

  private SuccessfulHttpResponse successful(HttpResponse<BoundedBody> response) {
    String body = response.body().text();
    if (!success()) {
      throw Refusals.ofStatus(settings, status, body);
    }
    answered = true;
    if (!response.body().complete()) {
      tooLarge = true;
      throw new IllegalStateException("The answer is too large.");
    }
    return SuccessfulHttpResponse.builder()
        .statusCode(status)
        .headers(response.headers().map())
        .body(body)
        .build();
  }

  private RuntimeException told(Throwable failure) {
    return switch (failure) {
      case ConnectException refused -> Refusals.noConnection(settings, refused);
      case HttpConnectTimeoutException late -> Refusals.noConnection(settings, late);
      case UnknownHostException unknown -> Refusals.noConnection(settings, unknown);
      case NoRouteToHostException unreachable -> Refusals.noConnection(settings, unreachable);
      case SSLHandshakeException untrusted -> Refusals.noConnection(settings, untrusted);
      default -> failed("broke off its answer (" + failure.getMessage() + ")", failure);
    };
  }

  /** An error status that has been received stays a refusal, even when its body never ends. */
  private RuntimeException failed(String what, Throwable cause) {
    return status != 0 && !success()
        ? Refusals.ofStatus(settings, status, "")
        : new OutcomeUnknown("The model endpoint " + settings.baseUrl() + " " + what, cause);
  }

  private boolean success() {
    return status >= 200 && status < 300;
  }

  private static java.net.http.HttpRequest translated(HttpRequest request) {
    var translated =
        java.net.http.HttpRequest.newBuilder(URI.create(request.url()))
            .method(request.method().name(), BodyPublishers.ofString(request.body()));
    request
        .headers()
        .forEach((name, values) -> values.forEach(value -> translated.header(name, value)));
    return translated.build();
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  @Override
  public void execute(
      HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
    throw new UnsupportedOperationException("Kodo does not stream answers.");
  }
}
