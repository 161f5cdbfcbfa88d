package dev.kodo.kernel.guard.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What a caller sends. While its request is under way, a look waits for the next byte and takes
 * none: there is either another request, or the caller has gone. A look that is under way when the
 * request has been answered goes on, and tells of the next request: a read can not be called off.
 */
final class CallerInput {
  private final Socket socket;
  private final InputStream in;
  private @Nullable CompletableFuture<Boolean> look;

  CallerInput(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream(), 16 << 10);
  }

  /** For one request at a time; nobody reads while a look is under way. */
  InputStream in() {
    return in;
  }

  /** Waits for the first byte of the next request; false when none comes. */
  boolean awaitNext(Duration longest) throws IOException {
    if (look == null) {
      socket.setSoTimeout((int) longest.toMillis());
      return comes();
    }
    try {
      return look.get(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException none) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      look = null;
    }
  }

  /** Looks from now on; the action must be quick, and runs in another thread. */
  void look(Runnable gone) throws IOException {
    if (look != null) {
      return;
    }
    socket.setSoTimeout(0);
    CompletableFuture<Boolean> next = new CompletableFuture<>();
    look = next;
    Thread.ofPlatform()
        .daemon()
        .name("guard-look")
        .start(
            () -> {
              boolean more = false;
              try {
                more = comes();
              } catch (IOException broken) {
                // As good as gone.
              }
              if (!more) {
                gone.run();
              }
              next.complete(more);
            });
  }

  private boolean comes() throws IOException {
    in.mark(1);
    if (in.read() < 0) {
      return false;
    }
    in.reset();
    return true;
  }
}
