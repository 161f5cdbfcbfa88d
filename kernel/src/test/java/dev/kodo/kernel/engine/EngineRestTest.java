package dev.kodo.kernel.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a server that guards its interface as the engine beside Operate does. */
class EngineRestTest {
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    requests.add(exchange.getRequestURI().getPath());
    String given = exchange.getRequestHeaders().getFirst("Authorization");
    exchange.sendResponseHeaders("Bearer known-token".equals(given) ? 200 : 401, -1);
    exchange.close();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void asksForAMessageAndNoProcessWherePeopleWatch() throws IOException {
    new EngineCanary(rest("known-token")).check();

    assertThat(requests).containsExactly("/v2/messages/publication");
  }

  @Test
  void asksOnceWhenItIsNotLetInAndDoesNotShowTheToken() {
    EngineRest rest = rest("wrong-token");

    assertThatThrownBy(() -> new EngineCanary(rest).check())
        .hasMessageContaining("401")
        .hasMessageNotContaining("wrong-token");
    assertThat(requests).hasSize(1);
    assertThat(rest.toString()).doesNotContain("wrong-token");
  }

  private EngineRest rest(String token) {
    return new EngineRest("http://127.0.0.1:" + server.getAddress().getPort(), Optional.of(token));
  }
}
