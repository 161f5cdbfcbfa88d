package dev.kodo.kernel.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EngineCanaryTest {
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private volatile boolean deployed;
  private volatile int status = 200;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          String path = exchange.getRequestURI().getPath();
          requests.add(path);
          if (path.equals("/v2/deployments") && body.contains("id=\"kodo-canary\"")) {
            deployed = true;
          }
          boolean known = deployed || path.equals("/v2/deployments");
          byte[] text =
              (known ? "{}" : "{\"detail\":\"no process 'kodo-canary'\"}")
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(known ? status : 404, text.length);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(text);
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void deploysTheCanaryOnceAndThenOnlyRunsIt() throws IOException {
    canary().check();
    canary().check();

    assertThat(requests)
        .containsExactly(
            "/v2/process-instances",
            "/v2/deployments",
            "/v2/process-instances",
            "/v2/process-instances");
  }

  @Test
  void failsWhileTheEngineAcceptsNoCommand() {
    deployed = true;
    status = 503;

    assertThatThrownBy(() -> canary().check()).hasMessageContaining("503");
    assertThat(requests).as("a command is never repeated silently").hasSize(1);
  }

  private EngineCanary canary() {
    return new EngineCanary(
        new EngineRest("http://127.0.0.1:" + server.getAddress().getPort(), Optional.empty()));
  }
}
