package dev.kodo.model.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * A response body that is never longer than a limit.
 *
 * @param complete false when there was more; the rest was not read and the connection was given up
 */
record BoundedBody(String text, boolean complete) {
  /** Takes a body in; what has come can be had before its end. */
  static final class Subscriber implements BodySubscriber<BoundedBody> {
    private final int limit;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CompletableFuture<BoundedBody> body = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;

    Subscriber(int limit) {
      this.limit = limit;
    }

    /** What has come until now. */
    BoundedBody soFar() {
      return new BoundedBody(bytes.toString(UTF_8), true);
    }

    @Override
    public CompletionStage<BoundedBody> getBody() {
      return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription = given;
      given.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
      for (ByteBuffer buffer : buffers) {
        append(buffer);
      }
    }

    private void append(ByteBuffer buffer) {
      byte[] part = new byte[Math.min(buffer.remaining(), limit - bytes.size())];
      buffer.get(part);
      bytes.writeBytes(part);
      if (buffer.hasRemaining() && !body.isDone()) {
        if (subscription != null) {
          subscription.cancel();
        }
        body.complete(new BoundedBody(bytes.toString(UTF_8), false));
      }
    }

    @Override
    public void onError(Throwable cut) {
      body.completeExceptionally(cut);
    }

    @Override
    public void onComplete() {
      body.complete(new BoundedBody(bytes.toString(UTF_8), true));
    }
  }
}
