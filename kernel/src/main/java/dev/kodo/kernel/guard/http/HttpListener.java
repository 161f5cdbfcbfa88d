package dev.kodo.kernel.guard.http;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Listens on the loopback interface; each connection has a thread of its own. They are platform
 * threads: there are few, and on a busy machine a virtual thread is woken in two steps, which adds
 * to every one of the waits that a call consists of.
 */
public final class HttpListener implements AutoCloseable {
  private static final int MOST_CONNECTIONS = 256;
  private static final int BACKLOG = 256;
  private static final Duration NO_RESOURCES = Duration.ofMillis(50);

  /**
   * What the listener may take from its callers.
   *
   * @param largestBody bytes of one request
   * @param allBodies bytes of all requests that are under way, at least as many
   * @param patience how long a request waits for room among them; less than {@code longestRequest}
   */
  public record Limits(
      int largestBody,
      int allBodies,
      Duration patience,
      Duration longestRequest,
      Duration longestIdle) {}

  /** Answers requests. An answer that it owes is its own fault; the caller then sees a cut. */
  public interface Handler {
    /**
     * Whether the caller is known. Of others no body is read, so that nobody fills the memory
     * without a word of introduction.
     */
    boolean knows(Headers headers);

    void handle(Exchange exchange) throws IOException;

    /** The bytes were no request; {@code exchange} holds an empty one that can be answered. */
    void refuse(Exchange exchange, BadMessage why) throws IOException;
  }

  private final ServerSocket server;
  private final Limits limits;
  private final BodyRoom bodies;
  private final Watchdog watchdog;
  private final Handler handler;
  private final Semaphore room = new Semaphore(MOST_CONNECTIONS);
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  /** Connections over which nobody has shown to be known yet, the oldest first. */
  private final Deque<Socket> strangers = new ConcurrentLinkedDeque<>();

  private HttpListener(ServerSocket server, Limits limits, Watchdog watchdog, Handler handler) {
    this.server = server;
    this.limits = limits;
    this.bodies = new BodyRoom(limits.largestBody(), limits.allBodies(), limits.patience());
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
        admit(server.accept());
      } catch (IOException | OutOfMemoryError passing) {
        // A connection that was gone before it was taken, or neither files nor threads are left
        // for it: whoever comes next is served again when there are. Or the loop ends.
        LockSupport.parkNanos(server.isClosed() ? 0 : NO_RESOURCES.toNanos());
      }
    }
  }

  private void admit(Socket socket) {
    boolean started = false;
    if (!room.tryAcquire() && !roomOfAStranger()) {
      Sockets.close(socket);
      return;
    }
    try {
      strangers.add(socket);
      Thread.ofPlatform().daemon().name("guard-call").start(() -> serve(socket));
      started = true;
    } finally {
      if (!started) {
        leave(socket);
        Sockets.close(socket);
      }
    }
  }

  /** Connections that only take room make way for those that come. */
  private boolean roomOfAStranger() {
    Socket oldest = strangers.pollFirst();
    if (oldest == null) {
      return false;
    }
    Sockets.close(oldest);
    try {
      return room.tryAcquire(NO_RESOURCES.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void leave(Socket socket) {
    open.remove(socket);
    strangers.remove(socket);
    room.release();
  }

  private void serve(Socket socket) {
    open.add(socket);
    try (socket) {
      socket.setTcpNoDelay(true);
      converse(socket);
    } catch (IOException gone) {
      // The caller sees it as well, and there is nobody else to tell.
    } catch (RuntimeException | Error unforeseen) {
      // Its message may repeat what the caller sent, so only the place is told.
      StackTraceElement[] places = unforeseen.getStackTrace();
      System.err.println(
          "Kodo: the guard failed in a call with "
              + unforeseen.getClass().getName()
              + (places.length == 0 ? "" : " at " + places[0]));
    } finally {
      leave(socket);
    }
  }

  private void converse(Socket socket) throws IOException {
    CallerInput in = new CallerInput(socket);
    OutputStream out = socket.getOutputStream();
    RequestReader reader = new RequestReader(in.in(), out, bodies);
    boolean more = true;
    while (more && !server.isClosed() && in.awaitNext(limits.longestIdle())) {
      try (BodyRoom.Share share = bodies.share()) {
        more = one(socket, in, reader, out, share);
      }
    }
  }

  private boolean one(
      Socket socket, CallerInput in, RequestReader reader, OutputStream out, BodyRoom.Share share)
      throws IOException {
    Request request;
    boolean known;
    try (Watchdog.Limit limit =
        watchdog.limit(limits.longestRequest(), () -> Sockets.close(socket))) {
      Optional<Head> head = reader.head();
      if (head.isEmpty()) {
        return false;
      }
      known = handler.knows(head.get().headers());
      if (known) {
        strangers.remove(socket);
        request = reader.request(head.get(), share);
      } else {
        head.get().headers().add("Connection", "close");
        request = reader.bodiless(head.get());
      }
    } catch (BadMessage bad) {
      refuse(socket, in, out, bad);
      return false;
    }
    Exchange exchange = new Exchange(request, socket, in, out, watchdog);
    handler.handle(exchange);
    if (!known) {
      passUnread(socket);
    }
    return exchange.answered() && exchange.keeps();
  }

  private void refuse(Socket socket, CallerInput in, OutputStream out, BadMessage bad)
      throws IOException {
    Request none = new Request("-", "-", new Headers().add("Connection", "close"), new byte[0]);
    handler.refuse(new Exchange(none, socket, in, out, watchdog), bad);
    passUnread(socket);
  }

  /** Closing with unread bytes would make the system take the answer back. */
  private void passUnread(Socket socket) throws IOException {
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
