package dev.kodo.kernel.guard.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** An open connection to a provider, with TLS for https. */
final class Line {
  private final SocketChannel channel;
  private final Socket socket;
  private final InputStream in;

  private Line(SocketChannel channel, Socket socket) throws IOException {
    this.channel = channel;
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream(), 16 << 10);
  }

  /**
   * Connects.
   *
   * @param channel open, so that another thread can cut it meanwhile
   * @param longest for each single read of the handshake
   */
  static Line connect(SocketChannel channel, URI address, Duration longest) throws IOException {
    boolean tls = "https".equals(address.getScheme());
    int port = address.getPort() > 0 ? address.getPort() : tls ? 443 : 80;
    int millis = (int) longest.toMillis();
    Socket plain = channel.socket();
    plain.connect(new InetSocketAddress(address.getHost(), port), millis);
    plain.setTcpNoDelay(true);
    plain.setSoTimeout(millis);
    Socket socket = tls ? secured(plain, address.getHost(), port) : plain;
    plain.setSoTimeout(0);
    return new Line(channel, socket);
  }

  private static Socket secured(Socket plain, String host, int port) throws IOException {
    SSLSocket socket =
        (SSLSocket) context().getSocketFactory().createSocket(plain, host, port, true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  SocketChannel channel() {
    return channel;
  }

  private static SSLContext context() throws IOException {
    try {
      return SSLContext.getDefault();
    } catch (NoSuchAlgorithmException e) {
      throw new IOException("this Java can do no TLS", e);
    }
  }

  InputStream in() {
    return in;
  }

  void write(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  /**
   * Whether the other side neither closed this connection nor sent anything that nobody asked for.
   * Nobody may read or write meanwhile; after a no it is of no use.
   */
  boolean isQuiet() {
    try {
      if (in.available() > 0) {
        return false;
      }
      channel.configureBlocking(false);
      boolean quiet = channel.read(ByteBuffer.allocate(1)) == 0;
      channel.configureBlocking(true);
      return quiet;
    } catch (IOException broken) {
      return false;
    }
  }

  /** Never waits, as closing a TLS socket may; also ends a read or write in another thread. */
  void close() {
    Sockets.close(channel);
  }
}
