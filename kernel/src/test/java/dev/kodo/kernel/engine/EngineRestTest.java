package dev.kodo.kernel.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a server that guards its interface as Operate does. */
class EngineRestTest {
  private static final EngineLogin LOGIN = new EngineLogin("kodo", "a&b=c");

  private final List<String> requests = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private volatile String session = "s1";

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String path = exchange.getRequestURI().getPath();
    requests.add(path);
    if (path.equals("/api/login")) {
      boolean known = body.equals("username=kodo&password=a%26b%3Dc");
      exchange.getResponseHeaders().add("Set-Cookie", "OPERATE-SESSION=" + session + "; Path=/");
      exchange.getResponseHeaders().add("Set-Cookie", "X-CSRF-TOKEN=raw; Path=/; HttpOnly");
      exchange.getResponseHeaders().add("X-CSRF-TOKEN", "masked-" + session);
      exchange.sendResponseHeaders(known ? 204 : 401, -1);
    } else {
      String cookie = String.valueOf(exchange.getRequestHeaders().getFirst("Cookie"));
      boolean in =
          cookie.equals("OPERATE-SESSION=" + session + "; X-CSRF-TOKEN=raw")
              && ("masked-" + session)
                  .equals(exchange.getRequestHeaders().getFirst("X-CSRF-TOKEN"));
      exchange.sendResponseHeaders(in ? 200 : 403, -1);
    }
    exchange.close();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void logsInOnceAndSendsTheTokenWithEachCall() throws IOException {
    EngineRest rest = rest(LOGIN);

    assertThat(rest.post("/v2/topology", "{}").status()).isEqualTo(200);
    assertThat(rest.post("/v2/topology", "{}").status()).isEqualTo(200);

    assertThat(requests).containsExactly("/api/login", "/v2/topology", "/v2/topology");
  }

  @Test
  void takesANewSessionWhenTheOldOneEnded() throws IOException {
    EngineRest rest = rest(LOGIN);
    rest.post("/v2/topology", "{}");
    session = "s2";

    assertThat(rest.post("/v2/topology", "{}").status()).isEqualTo(200);
  }

  @Test
  void saysWhoWasNotLetInWithoutThePassword() {
    EngineRest rest = rest(new EngineLogin("kodo", "wrong-word"));

    assertThatThrownBy(() -> rest.post("/v2/topology", "{}"))
        .hasMessageContaining("log the user kodo in")
        .hasMessageContaining("401")
        .hasMessageNotContaining("wrong-word");
    assertThat(requests).as("nothing is sent without a session").containsExactly("/api/login");
  }

  @Test
  void asksForAMessageAndNoProcessWherePeopleWatch() throws IOException {
    new EngineCanary(rest(LOGIN)).check();

    assertThat(requests).containsExactly("/api/login", "/v2/messages/publication");
  }

  private EngineRest rest(EngineLogin login) {
    return EngineRest.of("http://127.0.0.1:" + server.getAddress().getPort(), Optional.of(login));
  }
}
