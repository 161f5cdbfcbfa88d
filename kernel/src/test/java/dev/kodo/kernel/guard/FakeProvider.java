package dev.kodo.kernel.guard;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A provider on the loopback interface that does what it is told, down to the single byte. */
final class FakeProvider implements AutoCloseable {

  /** A request as it arrived. */
  record Seen(String head, String body) {}

  /** What to do with a connection once its request has been read. */
  interface Behaviour {
    void answer(OutputStream out) throws IOException, InterruptedException;
  }

  private static final Set<String> ASKED = Set.of("POST /api/show", "POST /tokenize");

  /** What comes over the connection that a thread serves. */
  private static final ThreadLocal<InputStream> READING = new ThreadLocal<>();

  private final ServerSocket server;
  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final List<Socket> calling = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final AtomicInteger accepted = new AtomicInteger();
  private final Map<String, String> told = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile Behaviour behaviour = ok("{}");

  FakeProvider() throws IOException {
    server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().start(this::accept);
  }

  String address() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  void does(Behaviour next) {
    behaviour = next;
  }

  /**
   * Answers questions about the server itself, beside its behaviour with calls; what it is not told
   * here it answers with 404.
   *
   * @param target such as {@code GET /props}
   * @param json empty for a server that never answers
   */
  void tells(String target, String json) {
    told.put(target, json);
  }

  /** The questions about the server itself that came, such as {@code GET /props}. */
  List<String> asked() {
    return asked;
  }

  List<Seen> seen() {
    return seen;
  }

  static Behaviour ok(String json) {
    return status(200, "", json);
  }

  static Behaviour status(int status, String fields, String body) {
    return out -> write(out, head(status, "application/json", fields, length(body)) + body);
  }

  /** Events, each in a chunk of its own; without a last chunk when it is cut. */
  static Behaviour stream(String type, boolean cut, String... events) {
    return out -> {
      write(out, head(200, type, "Transfer-Encoding: chunked\r\n", -1));
      for (String event : events) {
        write(out, Integer.toHexString(length(event)) + "\r\n" + event + "\r\n");
        Thread.sleep(20);
      }
      write(out, cut ? "" : "0\r\n\r\n");
    };
  }

  /** Ends the connection behind the bytes. */
  static Behaviour raw(String bytes) {
    return out -> {
      write(out, bytes);
      out.close();
    };
  }

  /** Leaves the connection open, whatever the bytes say. */
  static Behaviour rawAndOpen(String bytes) {
    return out -> write(out, bytes);
  }

  /** Says nothing more until the other side leaves. */
  static Behaviour untilLeft() {
    return out -> {
      InputStream in = READING.get();
      while (in != null && in.read() >= 0) {
        // Nothing else is to come.
      }
    };
  }

  Behaviour hang() {
    return out -> closed.await();
  }

  Behaviour drip() {
    return out -> {
      write(out, head(200, "application/json", "", 1_000_000));
      while (closed.getCount() > 0) {
        write(out, " ");
        Thread.sleep(20);
      }
    };
  }

  static Behaviour huge(int bytes) {
    return out -> {
      write(out, head(200, "application/json", "", bytes));
      out.write(" ".repeat(bytes).getBytes(StandardCharsets.US_ASCII));
      out.flush();
    };
  }

  static String head(int status, String type, String fields, int length) {
    return "HTTP/1.1 "
        + status
        + " OK\r\nContent-Type: "
        + type
        + "\r\n"
        + fields
        + (length < 0 ? "" : "Content-Length: " + length + "\r\n")
        + "\r\n";
  }

  private static int length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        open.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException end) {
        return;
      }
    }
  }

  /** Serves one request after the other, so that a direct client can keep its connection. */
  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      READING.set(in);
      boolean called = false;
      while (true) {
        String head = head(in);
        if (head.isEmpty()) {
          return;
        }
        byte[] body = in.readNBytes(contentLength(head));
        String target = head.substring(0, Math.max(0, head.indexOf(" HTTP/1.1")));
        if (target.startsWith("GET ") || ASKED.contains(target)) {
          asked.add(target);
          String json = told.get(target);
          if (json != null && json.isEmpty()) {
            closed.await();
          }
          status(json == null ? 404 : 200, "", json == null ? "{}" : json)
              .answer(socket.getOutputStream());
          return;
        }
        if (!called) {
          called = true;
          calling.add(socket);
          accepted.incrementAndGet();
        }
        if (seen.size() < 1_000) {
          seen.add(new Seen(head, new String(body, StandardCharsets.UTF_8)));
        }
        behaviour.answer(socket.getOutputStream());
        if (head.toLowerCase(Locale.ROOT).contains("connection: close")) {
          return;
        }
      }
    } catch (IOException | InterruptedException gone) {
      // The guard has cut the connection, or the test is over.
    } finally {
      open.remove(socket);
      calling.remove(socket);
    }
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    for (int b = in.read(); b >= 0; b = in.read()) {
      head.append((char) b);
      if (b == '\n' && head.length() >= 4 && head.substring(head.length() - 4).equals("\r\n\r\n")) {
        return head.toString();
      }
    }
    return "";
  }

  private static int contentLength(String head) {
    return head.lines()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
        .map(line -> Integer.parseInt(line.substring(line.indexOf(':') + 1).strip()))
        .findFirst()
        .orElse(0);
  }

  /** Connections over which calls were ever made. */
  int accepted() {
    return accepted.get();
  }

  /** Connections of any kind that the other side holds, also such on which nothing came yet. */
  int open() {
    return open.size();
  }

  /** Those of them that the other side still holds. */
  int connections() {
    return calling.size();
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
