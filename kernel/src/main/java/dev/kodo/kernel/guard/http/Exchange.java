package dev.kodo.kernel.guard.http;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** One request and the answer to it. Used by one thread. */
public final class Exchange {
  private static final Duration LONGEST_WRITE = Duration.ofSeconds(30);

  private final Request request;
  private final Socket socket;
  private final CallerInput in;
  private final OutputStream out;
  private final Watchdog watchdog;
  private boolean answered;
  private boolean keep = true;

  Exchange(Request request, Socket socket, CallerInput in, OutputStream out, Watchdog watchdog) {
    this.request = request;
    this.socket = socket;
    this.in = in;
    this.out = out;
    this.watchdog = watchdog;
  }

  public Request request() {
    return request;
  }

  /**
   * Tells when the caller goes, also while nothing is sent to it. Whoever closes his side of the
   * connection has gone: nobody can tell the one from the other.
   *
   * @param gone must be quick; may also run when the answer was sent and the caller goes then
   */
  public void whenCallerGoes(Runnable gone) throws IOException {
    in.look(gone);
  }

  /** Sends a whole answer. */
  public void answer(int status, Headers headers, byte[] body) throws IOException {
    headers.add("Content-Length", Integer.toString(body.length));
    byte[] head = head(status, headers);
    byte[] all = java.util.Arrays.copyOf(head, head.length + body.length);
    System.arraycopy(body, 0, all, head.length, body.length);
    write(all, all.length);
  }

  /** Begins an answer that comes in pieces. */
  public void begin(int status, Headers headers) throws IOException {
    byte[] head = head(status, headers.add("Transfer-Encoding", "chunked"));
    write(head, head.length);
  }

  /** Sends the next piece at once; throws when the caller has gone or does not read. */
  public void piece(byte[] bytes, int length) throws IOException {
    byte[] size = (Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII);
    byte[] chunk = new byte[size.length + length + 2];
    System.arraycopy(size, 0, chunk, 0, size.length);
    System.arraycopy(bytes, 0, chunk, size.length, length);
    chunk[chunk.length - 2] = '\r';
    chunk[chunk.length - 1] = '\n';
    write(chunk, chunk.length);
  }

  /** Ends an answer that came in pieces. */
  public void end() throws IOException {
    byte[] last = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    write(last, last.length);
  }

  /** Ends the connection, so that the caller sees that its answer is not complete. */
  public void cut() {
    keep = false;
    Sockets.close(socket);
  }

  boolean answered() {
    return answered;
  }

  /** Whether another request may follow on this connection. */
  boolean keeps() {
    return keep
        && request.headers().all("Connection").stream().noneMatch("close"::equalsIgnoreCase);
  }

  private byte[] head(int status, Headers headers) {
    answered = true;
    if (!keeps()) {
      headers.add("Connection", "close");
    }
    StringBuilder text = new StringBuilder("HTTP/1.1 ").append(status).append(" -\r\n");
    headers.writeTo(text);
    return text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private void write(byte[] bytes, int length) throws IOException {
    try (Watchdog.Limit limit = watchdog.limit(LONGEST_WRITE, () -> Sockets.close(socket))) {
      out.write(bytes, 0, length);
      out.flush();
    }
  }
}
