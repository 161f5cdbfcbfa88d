package dev.kodo.channel.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kodo.channel.Channel;
import dev.kodo.channel.Delivery;
import dev.kodo.channel.Notice;
import dev.kodo.config.KodoProperties;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * Posts notices as JSON. The answer counts by its status only: its body is discarded unread, and a
 * redirect is not followed, since the address is the owner's and nobody else may move it.
 */
final class WebhookChannel implements Channel {
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int REQUEST_TIMEOUT = 408;

  private final URI url;
  private final Duration timeout;
  private final ObjectMapper json;
  private final HttpClient client;

  WebhookChannel(KodoProperties.Webhook settings, ObjectMapper json) {
    this.url = address(settings.url());
    this.timeout = settings.timeout();
    this.json = json;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(timeout)
            .build();
  }

  /** What the receiver gets; {@code id} is the same in every attempt. */
  record Message(String id, String agentId, String kind, String subject, String text, String at) {}

  @Override
  public String id() {
    return "webhook";
  }

  @Override
  public Delivery send(Notice notice) {
    try {
      int status =
          client.send(request(notice), HttpResponse.BodyHandlers.discarding()).statusCode();
      return judged(status);
    } catch (IOException failure) {
      return new Delivery.TryAgain("The webhook did not answer: " + failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return new Delivery.TryAgain("The delivery was interrupted.");
    }
  }

  private HttpRequest request(Notice notice) {
    Message message =
        new Message(
            notice.noticeId(),
            notice.agentId(),
            notice.kind().id(),
            notice.subject(),
            notice.body(),
            notice.createdAt().toString());
    return HttpRequest.newBuilder(url)
        .timeout(timeout)
        .header("Content-Type", "application/json")
        .header("Idempotency-Key", notice.noticeId())
        .POST(HttpRequest.BodyPublishers.ofString(write(message)))
        .build();
  }

  private String write(Message message) {
    try {
      return json.writeValueAsString(message);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("Expected a message of plain texts", impossible);
    }
  }

  private static Delivery judged(int status) {
    if (status >= 200 && status < 300) {
      return new Delivery.Delivered();
    }
    String reason = "The webhook answered with HTTP status " + status + ".";
    boolean passing = status >= 500 || status == REQUEST_TIMEOUT || status == TOO_MANY_REQUESTS;
    return passing ? new Delivery.TryAgain(reason) : new Delivery.Refused(reason);
  }

  /** Checked at start, so that no call for help fails for a typing error. */
  private static URI address(String url) {
    URI address;
    try {
      address = URI.create(url);
    } catch (IllegalArgumentException repeatsTheAddress) {
      throw wrongAddress();
    }
    boolean http = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
    if (!http || address.getHost() == null) {
      throw wrongAddress();
    }
    return address;
  }

  private static IllegalStateException wrongAddress() {
    // Neither the address nor a cause that repeats it: many webhooks carry their secret in it.
    return new IllegalStateException(
        "channel.webhook.url is not an http or https address. Correct it or remove it.");
  }
}
