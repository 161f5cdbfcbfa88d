package dev.kodo.kernel.guard.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests over TLS, to a server whose certificate is for {@code localhost}. */
class UpstreamTest {
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir Path folder;
  private final Watchdog watchdog = new Watchdog();
  private final Connections connections = new Connections(watchdog);
  private final Set<Integer> callers = ConcurrentHashMap.newKeySet();
  private SSLContext before;
  private HttpsServer server;

  @BeforeEach
  void start() throws Exception {
    before = SSLContext.getDefault();
    SSLContext.setDefault(context());
    serve(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  private void serve(InetSocketAddress address) throws Exception {
    server = HttpsServer.create(address, 0);
    server.setHttpsConfigurator(new HttpsConfigurator(SSLContext.getDefault()));
    server.createContext("/", this::echo);
    server.start();
  }

  @AfterEach
  void stop() {
    SSLContext.setDefault(before);
    connections.close();
    watchdog.close();
    server.stop(0);
  }

  @Test
  void usesASecuredConnectionAgain() throws Exception {
    assertThat(post("localhost", "one")).isEqualTo("one");
    assertThat(post("localhost", "two")).isEqualTo("two");

    assertThat(callers).hasSize(1);
  }

  @Test
  void noticesThatASecuredConnectionWasClosed() throws Exception {
    assertThat(post("localhost", "one")).isEqualTo("one");
    InetSocketAddress address = server.getAddress();
    server.stop(0);
    serve(address);

    assertThat(post("localhost", "two")).isEqualTo("two");
    assertThat(callers).hasSize(2);
  }

  @Test
  void sendsNothingToAServerOfAnotherName() {
    assertThatThrownBy(() -> post("127.0.0.1", "secret")).isInstanceOf(SSLHandshakeException.class);

    assertThat(callers).isEmpty();
  }

  private String post(String host, String body) throws IOException {
    URI address = URI.create("https://" + host + ":" + server.getAddress().getPort());
    try (Upstream upstream = new Upstream(address, connections)) {
      upstream.connect(watchdog);
      upstream.post("/", new Headers(), body.getBytes(StandardCharsets.UTF_8));
      return new String(upstream.answer().body().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private void echo(HttpExchange exchange) throws IOException {
    callers.add(exchange.getRemoteAddress().getPort());
    byte[] body = exchange.getRequestBody().readAllBytes();
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private SSLContext context() throws Exception {
    KeyStore store = KeyStore.getInstance(certificate(), PASSWORD);
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private File certificate() throws IOException, InterruptedException {
    File file = folder.resolve("certificate").toFile();
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "test",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost",
                "-keystore",
                file.toString(),
                "-storepass",
                new String(PASSWORD))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(keytool.waitFor()).isZero();
    return file;
  }
}
