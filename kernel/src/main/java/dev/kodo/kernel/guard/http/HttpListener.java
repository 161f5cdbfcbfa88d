package dev.kodo.kernel.guard.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * Listens on the loopback interface; each connection has a thread of its own. They are platform
 * threads: there are few, and on a busy machine a virtual thread is woken in two steps, which adds
 * to every one of the waits that a call consists of.
 */
public final class HttpListener implements AutoCloseable {
  private static final int MOST_CONNECTIONS = 512;
  private static final int BACKLOG = 256;

  /** What the listener may take from a caller. */
  public record Limits(int largestBody, Duration longestRequest, Duration longestIdle) {}

  /** Answers requests. An answer that it owes is its own fault; the caller then sees a cut. */
  public interface Handler {
    void handle(Exchange exchange) throws IOException;

    /** The bytes were no request; {@code exchange} holds an empty one that can be answered. */
    void refuse(Exchange exchange, BadMessage why) throws IOException;
  }

  private final ServerSocket server;
  private final Limits limits;
  private final Watchdog watchdog;
  private final Handler handler;
  private final Semaphore room = new Semaphore(MOST_CONNECTIONS);
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  private HttpListener(ServerSocket server, Limits limits, Watchdog watchdog, Handler handler) {
    this.server = server;
    this.limits = limits;
    this.watchdog = watchdog;
    this.handler = handler;
  }

  /** Listens at once; port 0 takes any free one. */
  public static HttpListener start(int port, Limits limits, Watchdog watchdog, Handler handler)
      throws IOException {
    ServerSocket server = new ServerSocket();
    server.setReuseAddress(true);
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
    HttpListener listener = new HttpListener(server, limits, watchdog, handler);
    Thread.ofPlatform().daemon().name("guard-accept").start(listener::accept);
    return listener;
  }

  public int port() {
    return server.getLocalPort();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        if (room.tryAcquire()) {
          Thread.ofPlatform().daemon().name("guard-call").start(() -> serve(socket));
        } else {
          Sockets.close(socket);
        }
      } catch (IOException closedOrAborted) {
        // A connection that was gone before it was taken; or the loop ends with the server.
        Thread.onSpinWait();
      }
    }
  }

  private void serve(Socket socket) {
    open.add(socket);
    try (socket) {
      socket.setTcpNoDelay(true);
      converse(socket);
    } catch (IOException gone) {
      // The caller sees it as well, and there is nobody else to tell.
    } finally {
      open.remove(socket);
      room.release();
    }
  }

  private void converse(Socket socket) throws IOException {
    InputStream in = new BufferedInputStream(socket.getInputStream(), 16 << 10);
    OutputStream out = socket.getOutputStream();
    RequestReader reader = new RequestReader(in, out, limits.largestBody());
    boolean more = true;
    while (more && !server.isClosed()) {
      socket.setSoTimeout((int) limits.longestIdle().toMillis());
      in.mark(1);
      if (in.read() < 0) {
        return;
      }
      in.reset();
      more = one(socket, reader, out);
    }
  }

  private boolean one(Socket socket, RequestReader reader, OutputStream out) throws IOException {
    Request request;
    try (Watchdog.Limit limit =
        watchdog.limit(limits.longestRequest(), () -> Sockets.close(socket))) {
      Optional<Head> head = reader.head();
      if (head.isEmpty()) {
        return false;
      }
      request = reader.request(head.get());
    } catch (BadMessage bad) {
      refuse(socket, out, bad);
      return false;
    }
    Exchange exchange = new Exchange(request, socket, out, watchdog);
    handler.handle(exchange);
    return exchange.answered() && exchange.keeps();
  }

  /** Closing with unread bytes would make the system take the answer back. */
  private void refuse(Socket socket, OutputStream out, BadMessage bad) throws IOException {
    Request none = new Request("-", "-", new Headers().add("Connection", "close"), new byte[0]);
    handler.refuse(new Exchange(none, socket, out, watchdog), bad);
    socket.shutdownOutput();
    try (Watchdog.Limit limit =
        watchdog.limit(Duration.ofSeconds(1), () -> Sockets.close(socket))) {
      socket.getInputStream().skip(2L * limits.largestBody());
      socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    }
  }

  /** Takes no more connections and cuts those that are open. */
  @Override
  public void close() throws IOException {
    server.close();
    open.forEach(Sockets::close);
  }
}
