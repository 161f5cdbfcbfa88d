package dev.kodo.model.http;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
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
final class SingleExchange {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final int LARGEST_STREAM = 64 * 1024 * 1024;

  /** Each word in a stream has an event of some 250 bytes around it, and few answers are long. */
  private static final int EVENTS_TO_TEXT = 16;

  private static final int LONGEST_ERROR_BODY = 16 * 1024;

  private final Target target;
  private final int limit;
  private final boolean keepsParts;
  private volatile int status;
  private volatile BoundedBody.@Nullable Subscriber arriving;
  private volatile ResponseHead head = ResponseHead.NONE;

  private SingleExchange(Target target, int limit, boolean keepsParts) {
    this.target = target;
    this.limit = limit;
    this.keepsParts = keepsParts;
  }

  /** For an answer of which only the whole is of use. */
  static SingleExchange whole(Target target) {
    return new SingleExchange(target, target.maxAnswerBytes(), false);
  }

  /** For an answer whose beginning is of use, too. */
  static SingleExchange stream(Target target) {
    long limit = (long) target.maxAnswerBytes() * EVENTS_TO_TEXT;
    return new SingleExchange(target, Math.toIntExact(Math.min(limit, LARGEST_STREAM)), true);
  }

  /**
   * Sends the request and reads the answer, both within the time-out.
   *
   * @throws EndpointRefused for no connection and for a status other than 2xx
   * @throws OutcomeUnknown when the answer did not arrive whole, and no part of it is of use
   */
  Answered send(HttpRequest request) {
    HttpClient client =
        HttpClient.newBuilder()
            .version(Version.HTTP_1_1)
            .connectTimeout(shorter(CONNECT_TIMEOUT, target.timeout()))
            .build();
    try {
      BoundedBody body = exchange(client, request);
      if (!success()) {
        throw Refusals.ofStatus(target, status, head, body.text());
      }
      return new Answered(status, head, body, null);
    } catch (OutcomeUnknown broken) {
      return part(broken);
    } finally {
      client.shutdownNow();
    }
  }

  private Answered part(OutcomeUnknown broken) {
    BoundedBody.@Nullable Subscriber body = arriving;
    if (!keepsParts || broken.givenUp() || body == null) {
      throw broken;
    }
    return new Answered(status, head, body.soFar(), broken);
  }

  private BoundedBody exchange(HttpClient client, HttpRequest request) {
    CompletableFuture<HttpResponse<BoundedBody>> response =
        client.sendAsync(request, noticingTheHead());
    try {
      return response.get(target.timeout().toMillis(), TimeUnit.MILLISECONDS).body();
    } catch (TimeoutException late) {
      response.cancel(true);
      throw failed("did not answer within " + target.timeout(), false, late);
    } catch (InterruptedException noLongerWanted) {
      // Not interrupted again: the caller must still be able to record the outcome in the database.
      response.cancel(true);
      throw failed("was given up, since the job is no longer wanted", true, noLongerWanted);
    } catch (ExecutionException failure) {
      throw told(failure.getCause() == null ? failure : failure.getCause());
    }
  }

  private BodyHandler<BoundedBody> noticingTheHead() {
    return info -> {
      head = new ResponseHead(info.headers());
      status = info.statusCode();
      var body = new BoundedBody.Subscriber(success() ? limit : LONGEST_ERROR_BODY);
      arriving = body;
      return body;
    };
  }

  private RuntimeException told(Throwable failure) {
    return switch (failure) {
      case ConnectException refused -> Refusals.noConnection(target, refused);
      case HttpConnectTimeoutException late -> Refusals.noConnection(target, late);
      case UnknownHostException unknown -> Refusals.noConnection(target, unknown);
      case NoRouteToHostException unreachable -> Refusals.noConnection(target, unreachable);
      case SSLHandshakeException untrusted -> Refusals.noConnection(target, untrusted);
      default -> failed("broke off its answer (" + failure.getMessage() + ")", false, failure);
    };
  }

  /** An error status that has been received stays a refusal, even when its body never ends. */
  private RuntimeException failed(String what, boolean givenUp, Throwable cause) {
    return status != 0 && !success()
        ? Refusals.ofStatus(target, status, head, "")
        : new OutcomeUnknown("The model endpoint " + target.address() + " " + what, givenUp, cause);
  }

  private boolean success() {
    return status >= 200 && status < 300;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
