package dev.kodo.kernel.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HttpCallTest {
  /** The JDK repeats a POST whose connection breaks, unless it is told not to. */
  @Test
  void neverRepeatsAPostWhoseAnswerWasLost() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    Thread thread = Thread.ofPlatform().daemon().start(() -> dropEveryCall(server, calls));

    assertThatThrownBy(
            () -> HttpCall.post("http://127.0.0.1:" + server.getLocalPort() + "/", "{}").send())
        .isInstanceOf(IOException.class);

    server.close();
    assertThat(thread.join(Duration.ofSeconds(5))).isTrue();
    assertThat(calls).hasValue(1);
  }

  private static void dropEveryCall(ServerSocket server, AtomicInteger calls) {
    try {
      while (true) {
        try (Socket call = server.accept()) {
          calls.incrementAndGet();
          byte[] request = new byte[4096];
          assertThat(call.getInputStream().read(request)).isPositive();
        }
      }
    } catch (IOException closed) {
      assertThat(server.isClosed()).isTrue();
    }
  }
}
