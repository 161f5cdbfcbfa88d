package dev.kodo.kernel.guard.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a provider for one request. It is not used again: a pooled connection that the
 * other side has closed meanwhile cannot be told from a call that was lost after it was made, and
 * the guard would have to count a call that never happened.
 */
public final class Upstream implements AutoCloseable {
  private static final Duration LONGEST_CONNECT = Duration.ofSeconds(10);

  /** Cutting this one never waits, as closing a TLS socket may. */
  private final Socket plain = new Socket();

  private final URI address;
  private @Nullable Line line;
  private volatile boolean late;
  private volatile boolean cut;

  private record Line(Socket socket, InputStream in) {}

  /** Not connected yet, and can be cut already. */
  public Upstream(URI address) {
    this.address = address;
  }

  /** The answer's status and fields, before its body is read. */
  public record Answer(int status, Headers headers, InputStream body) {}

  /**
   * Connects, with TLS for https. When this throws, nothing was sent.
   *
   * @param watchdog ends what takes longer than ten seconds in all
   */
  public void connect(Watchdog watchdog) throws IOException {
    boolean tls = "https".equals(address.getScheme());
    int port = address.getPort() > 0 ? address.getPort() : tls ? 443 : 80;
    int millis = (int) LONGEST_CONNECT.toMillis();
    try (Watchdog.Limit limit = watchdog.limit(LONGEST_CONNECT, this::expire)) {
      plain.connect(new InetSocketAddress(address.getHost(), port), millis);
      plain.setTcpNoDelay(true);
      plain.setSoTimeout(millis);
      Socket socket = tls ? secured(plain, address.getHost(), port) : plain;
      plain.setSoTimeout(0);
      line = new Line(socket, new BufferedInputStream(socket.getInputStream(), 16 << 10));
    }
  }

  private Line line() {
    return Objects.requireNonNull(line, "Expected to be connected");
  }

  private static Socket secured(Socket plain, String host, int port) throws IOException {
    SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
    SSLSocket socket = (SSLSocket) factory.createSocket(plain, host, port, true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  /** Cuts the connection when the time is up; whoever reads then sees {@link #isLate}. */
  public void expire() {
    late = true;
    Sockets.close(plain);
  }

  /** Cuts the connection because nobody wants the answer any more. */
  public void cut() {
    cut = true;
    Sockets.close(plain);
  }

  public boolean isLate() {
    return late;
  }

  public boolean isCut() {
    return cut;
  }

  /** Sends the request; from here on nobody can say that the call was not made. */
  public void post(String path, Headers headers, byte[] body) throws IOException {
    StringBuilder head = new StringBuilder("POST ").append(path).append(" HTTP/1.1\r\n");
    head.append("Host: ").append(authority()).append("\r\n");
    headers.writeTo(head);
    head.append("Accept-Encoding: identity\r\nConnection: close\r\nContent-Length: ");
    head.append(body.length).append("\r\n\r\n");
    byte[] start = head.toString().getBytes(StandardCharsets.ISO_8859_1);
    byte[] all = java.util.Arrays.copyOf(start, start.length + body.length);
    System.arraycopy(body, 0, all, start.length, body.length);
    OutputStream out = line().socket().getOutputStream();
    out.write(all);
    out.flush();
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
        return new Answer(status, head.headers(), body(status, head.headers()));
      }
    }
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

  /** Whether a failed read means that the time was up. */
  public boolean timedOut(IOException failure) {
    return late || failure instanceof SocketTimeoutException;
  }

  @Override
  public void close() {
    Sockets.close(plain);
  }
}
