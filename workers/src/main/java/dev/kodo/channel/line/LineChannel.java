package dev.kodo.channel.line;

import com.linecorp.bot.client.base.exception.AbstractLineClientException;
import com.linecorp.bot.messaging.client.MessagingApiClient;
import com.linecorp.bot.messaging.model.PushMessageRequest;
import com.linecorp.bot.messaging.model.TextMessage;
import dev.kodo.channel.Channel;
import dev.kodo.channel.Delivery;
import dev.kodo.channel.Notice;
import dev.kodo.config.KodoProperties;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;

/**
 * Pushes notices to a user or group of LINE. Every attempt carries the same retry key, made from
 * the notice's id: LINE delivers a message once and answers a repetition with a conflict.
 */
final class LineChannel implements Channel {
  /** LINE takes no longer text. */
  private static final int LONGEST_TEXT = 5_000;

  private static final int CONFLICT = 409;
  private static final int TOO_MANY_REQUESTS = 429;

  private final MessagingApiClient client;
  private final String to;

  LineChannel(KodoProperties.Line settings, String token) {
    this.to = settings.to();
    this.client =
        MessagingApiClient.builder(token)
            .apiEndPoint(URI.create(settings.endpoint()))
            .connectTimeout(settings.timeout())
            .readTimeout(settings.timeout())
            .writeTimeout(settings.timeout())
            .build();
  }

  @Override
  public String id() {
    return "line";
  }

  @Override
  public Delivery send(Notice notice) {
    UUID retryKey = UUID.nameUUIDFromBytes(notice.noticeId().getBytes(StandardCharsets.UTF_8));
    PushMessageRequest request =
        new PushMessageRequest(
            to, List.of(new TextMessage(shorten(notice.text()))), false, List.of());
    try {
      client.pushMessage(retryKey, request).get();
      return new Delivery.Delivered();
    } catch (ExecutionException failed) {
      return failed.getCause() instanceof AbstractLineClientException refused
          ? judged(refused.getCode())
          : new Delivery.TryAgain("LINE did not answer: " + failed.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return new Delivery.TryAgain("The delivery was interrupted.");
    }
  }

  /** The answer's text is LINE's; only its status counts. */
  private static Delivery judged(int status) {
    if (status == CONFLICT) {
      return new Delivery.Delivered();
    }
    String reason = "LINE answered with HTTP status " + status + ".";
    return status >= 500 || status == TOO_MANY_REQUESTS
        ? new Delivery.TryAgain(reason)
        : new Delivery.Refused(reason);
  }

  private static String shorten(String text) {
    return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT - 1) + "…";
  }
}
