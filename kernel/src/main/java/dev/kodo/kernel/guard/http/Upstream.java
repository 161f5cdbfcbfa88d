package dev.kodo.kernel.guard.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request to a provider. Its connection is kept for the next one when the answer was read to
 * its end and the provider has nothing against it.
 */
public final class Upstream implements AutoCloseable {
  private static final Duration LONGEST_CONNECT = Duration.ofSeconds(10);

  private final URI address;
  private final Connections connections;
  private @Nullable SocketChannel channel;
  private @Nullable Line line;
  private @Nullable BodyInput lastingBody;
  private volatile boolean late;
  private volatile boolean cut;

  /** Not connected yet, and can be cut already. */
  public Upstream(URI address, Connections connections) {
    this.address = address;
    this.connections = connections;
  }

  /** The answer's status and fields, before its body is read. */
  public record Answer(int status, Headers headers, InputStream body) {}

  /**
   * Takes a connection that waits, or connects. When this throws, nothing was sent.
   *
   * @param watchdog ends what takes longer than ten seconds in all
   */
  public void connect(Watchdog watchdog) throws IOException {
    Optional<Line> waiting = connections.take(address);
    if (waiting.isPresent()) {
      line = waiting.get();
      use(line.channel());
      return;
    }
    SocketChannel opened = SocketChannel.open();
    use(opened);
    try (Watchdog.Limit limit = watchdog.limit(LONGEST_CONNECT, this::expire)) {
      line = Line.connect(opened, address, LONGEST_CONNECT);
    }
  }

  private synchronized void use(SocketChannel used) {
    channel = used;
    if (cut || late) {
      Sockets.close(used);
    }
  }

  private Line line() {
    return Objects.requireNonNull(line, "Expected to be connected");
  }

  /** Cuts the connection when the time is up. */
  public synchronized void expire() {
    late = true;
    hangUp();
  }

  /** Cuts the connection because nobody wants the answer any more. */
  public synchronized void cut() {
    cut = true;
    hangUp();
  }

  private void hangUp() {
    if (channel != null) {
      Sockets.close(channel);
    }
  }

  /** Sends the request; from here on nobody can say that the call was not made. */
  public void post(String path, Headers headers, byte[] body) throws IOException {
    StringBuilder head = head("POST", path, headers);
    head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
    byte[] start = head.toString().getBytes(StandardCharsets.ISO_8859_1);
    byte[] all = java.util.Arrays.copyOf(start, start.length + body.length);
    System.arraycopy(body, 0, all, start.length, body.length);
    line().write(all);
  }

  /** Sends a question that costs nothing. */
  public void get(String path, Headers headers) throws IOException {
    String head = head("GET", path, headers).append("\r\n").toString();
    line().write(head.getBytes(StandardCharsets.ISO_8859_1));
  }

  private StringBuilder head(String method, String path, Headers headers) {
    StringBuilder head = new StringBuilder(method).append(' ').append(path);
    head.append(" HTTP/1.1\r\nHost: ").append(authority()).append("\r\n");
    headers.writeTo(head);
    return head.append("Accept-Encoding: identity\r\n");
  }

  private String authority() {
    return address.getPort() > 0 ? address.getHost() + ":" + address.getPort() : address.getHost();
  }

  /** Reads up to the body; interim answers are passed over. */
  public Answer answer() throws IOException {
    while (true) {
      Head head = Head.read(line().in()).orElseThrow(() -> new IOException("no answer came"));
      int status = status(head.line());
      if (status >= 200) {
        InputStream body = body(status, head.headers());
        lastingBody = body instanceof BodyInput ending && isLasting(head) ? ending : null;
        return new Answer(status, head.headers(), body);
      }
    }
  }

  /**
   * Whether the provider takes another request after this answer, and the answer's end is beyond
   * doubt: what somebody else takes for the rest of it would be the next caller's answer.
   */
  private static boolean isLasting(Head head) {
    Headers headers = head.headers();
    return head.line().startsWith("HTTP/1.1")
        && headers.all("Transfer-Encoding").size() + headers.all("Content-Length").size() == 1
        && headers.all("Keep-Alive").stream().noneMatch(Connections::isTooShort)
        && headers.all("Connection").stream()
            .noneMatch(options -> options.toLowerCase(Locale.ROOT).contains("close"));
  }

  private static int status(String line) throws BadMessage {
    if (!line.matches("HTTP/1\\.[01] [1-5][0-9][0-9]( .*)?")) {
      throw new BadMessage("the answer does not begin like HTTP/1.1");
    }
    return Integer.parseInt(line.substring(9, 12));
  }

  private InputStream body(int status, Headers headers) throws IOException {
    InputStream in = line().in();
    if (status == 204 || status == 304) {
      return InputStream.nullInputStream();
    }
    Optional<String> coding = headers.first("Transfer-Encoding");
    if (coding.isPresent()) {
      if (!coding.get().toLowerCase(Locale.ROOT).equals("chunked")) {
        throw new BadMessage("the answer has the Transfer-Encoding " + coding.get());
      }
      return new ChunkedInput(in);
    }
    Optional<String> length = headers.first("Content-Length");
    if (length.isEmpty()) {
      return in;
    }
    if (!length.get().matches("[0-9]{1,18}")) {
      throw new BadMessage("the answer's Content-Length is not a number");
    }
    return new FixedInput(in, Long.parseLong(length.get()));
  }

  /** From here on it cannot be cut: its connection may be another's. */
  @Override
  public synchronized void close() {
    boolean whole = lastingBody != null && lastingBody.isAtEnd();
    if (whole && !cut && !late) {
      connections.keep(address, line());
    } else {
      hangUp();
    }
    channel = null;
    lastingBody = null;
  }
}
