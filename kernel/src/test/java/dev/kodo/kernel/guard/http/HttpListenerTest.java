package dev.kodo.kernel.guard.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What callers can do to the memory and the connections of the kernel. */
@Tag("slow")
class HttpListenerTest {
  private static final String KNOWN = "Known: yes\r\n";

  private final Watchdog watchdog = new Watchdog();
  private final CountDownLatch held = new CountDownLatch(1);
  private final CountDownLatch holding = new CountDownLatch(1);
  private final List<Socket> sockets = new ArrayList<>();
  private HttpListener listener;

  @BeforeEach
  void listen() throws IOException {
    listener =
        HttpListener.start(
            0,
            new HttpListener.Limits(
                64 << 10,
                100 << 10,
                Duration.ofMillis(200),
                Duration.ofSeconds(5),
                Duration.ofSeconds(30)),
            watchdog,
            new HttpListener.Handler() {
              @Override
              public boolean knows(Headers headers) {
                return headers.first("Known").isPresent();
              }

              @Override
              public void handle(Exchange exchange) throws IOException {
                if (exchange.request().target().equals("/hold")) {
                  await();
                }
                int length = exchange.request().body().length;
                exchange.answer(200, new Headers(), (length + "").getBytes(StandardCharsets.UTF_8));
              }

              @Override
              public void refuse(Exchange exchange, BadMessage why) throws IOException {
                byte[] fault = why.fault().name().getBytes(StandardCharsets.UTF_8);
                exchange.answer(503, new Headers(), fault);
              }
            });
  }

  @AfterEach
  void stop() throws IOException {
    held.countDown();
    for (Socket socket : sockets) {
      socket.close();
    }
    listener.close();
    watchdog.close();
  }

  @Test
  void holdsNoMoreBodiesThanThereIsRoomFor() throws Exception {
    Socket first = send("/hold", KNOWN, 60 << 10);
    holding.await();
    Socket second = send("/", KNOWN, 60 << 10);
    assertThat(answer(second)).endsWith("BUSY");

    assertThat(answer(send("/", KNOWN, 30 << 10))).as("a small one").endsWith("30720");
    held.countDown();
    assertThat(answer(first)).endsWith("61440");
    assertThat(answer(send("/", KNOWN, 60 << 10))).as("the room is given back").endsWith("61440");
  }

  @Test
  void takesNoBodyOfAStranger() throws IOException {
    assertThat(answer(send("/", "", 60 << 10))).endsWith("\r\n\r\n0");
  }

  @Test
  void refusesAHeadThatIsLongInAll() throws IOException {
    String fields = ("Long: " + "x".repeat(10_000) + "\r\n").repeat(4);

    assertThat(answer(send("/", fields, 0))).endsWith("TOO_LARGE");
  }

  @Test
  void servesACallerAlsoWhenStrangersTakeAllConnections() throws IOException {
    for (int i = 0; i < 300; i++) {
      sockets.add(new Socket(InetAddress.getLoopbackAddress(), listener.port()));
    }

    assertThat(answer(send("/", KNOWN, 10))).endsWith("\r\n\r\n10");
  }

  private Socket send(String target, String fields, int length) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.port());
    sockets.add(socket);
    socket.setSoTimeout(10_000);
    String head =
        "POST %s HTTP/1.1\r\n%sConnection: close\r\nContent-Length: %d\r\n\r\n"
            .formatted(target, fields, length);
    socket.getOutputStream().write((head + "x".repeat(length)).getBytes(StandardCharsets.UTF_8));
    return socket;
  }

  private static String answer(Socket socket) throws IOException {
    try (InputStream in = socket.getInputStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private void await() throws IOException {
    holding.countDown();
    try {
      held.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
