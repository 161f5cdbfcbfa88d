package dev.kodo.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A local OpenAI-compatible endpoint that does what a test tells it to, one request at a time. */
final class StubEndpoint implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Deque<Behaviour> behaviours = new ArrayDeque<>();
  private final List<Received> received = new ArrayList<>();

  private StubEndpoint(HttpServer server) {
    this.server = server;
  }

  /** What happens to one request. */
  interface Behaviour {
    void on(HttpExchange exchange) throws IOException;
  }

  /** A request as it arrived. */
  record Received(
      String path,
      String protocol,
      @Nullable String authorization,
      @Nullable String idempotencyKey,
      @Nullable String upgrade,
      JsonNode body) {
    String message(int index) {
      return body.path("messages").path(index).path("content").asText();
    }
  }

  static StubEndpoint start() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      StubEndpoint stub = new StubEndpoint(server);
      server.createContext("/", stub::handle);
      server.setExecutor(stub.threads);
      server.start();
      return stub;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String baseUrl() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
  }

  synchronized List<Received> received() {
    return List.copyOf(received);
  }

  synchronized StubEndpoint then(Behaviour behaviour) {
    behaviours.add(behaviour);
    return this;
  }

  StubEndpoint thenSays(String text) {
    return then(exchange -> respond(exchange, 200, completion(text, "stop")));
  }

  StubEndpoint thenIsCutOffAfter(String text) {
    return then(exchange -> respond(exchange, 200, completion(text, "length")));
  }

  StubEndpoint thenRefuses(int status, String body) {
    return then(exchange -> respond(exchange, status, body));
  }

  StubEndpoint thenSends(String body) {
    return then(exchange -> respond(exchange, 200, body));
  }

  /** Reads the request and says nothing until the stub is closed. */
  StubEndpoint thenHangs() {
    return then(exchange -> awaitClosing());
  }

  /** Sends a part of the body that it promised, and hangs up. */
  StubEndpoint thenBreaksOff() {
    return then(
        exchange -> {
          exchange.sendResponseHeaders(200, 1000);
          exchange.getResponseBody().write("{\"choices\":".getBytes(StandardCharsets.UTF_8));
          exchange.getResponseBody().flush();
          exchange.close();
        });
  }

  /** Never stops sending. */
  StubEndpoint thenSendsWithoutEnd(int status) {
    return then(
        exchange -> {
          exchange.sendResponseHeaders(status, 0);
          byte[] block = "x".repeat(8192).getBytes(StandardCharsets.UTF_8);
          try (OutputStream body = exchange.getResponseBody()) {
            while (closing.getCount() > 0) {
              body.write(block);
            }
          }
        });
  }

  /** Answers with status and headers, sends one byte of the body, and says nothing more. */
  StubEndpoint thenStallsInTheBody(int status) {
    return then(
        exchange -> {
          exchange.sendResponseHeaders(status, 1000);
          exchange.getResponseBody().write('{');
          exchange.getResponseBody().flush();
          awaitClosing();
        });
  }

  static String completion(String text, String finishReason) {
    return JSON.valueToTree(
            Map.of(
                "id",
                "chatcmpl-1",
                "object",
                "chat.completion",
                "model",
                "stub",
                "choices",
                List.of(
                    Map.of(
                        "index",
                        0,
                        "finish_reason",
                        finishReason,
                        "message",
                        Map.of("role", "assistant", "content", text))),
                "usage",
                Map.of("prompt_tokens", 100, "completion_tokens", 20, "total_tokens", 120)))
        .toString();
  }

  private void handle(HttpExchange exchange) throws IOException {
    JsonNode body = JSON.readTree(exchange.getRequestBody());
    next(exchange, body).on(exchange);
  }

  private synchronized Behaviour next(HttpExchange exchange, JsonNode body) {
    received.add(
        new Received(
            exchange.getRequestURI().getPath(),
            exchange.getProtocol(),
            exchange.getRequestHeaders().getFirst("Authorization"),
            exchange.getRequestHeaders().getFirst("Idempotency-Key"),
            exchange.getRequestHeaders().getFirst("Upgrade"),
            body));
    Behaviour next = behaviours.poll();
    return next == null ? e -> respond(e, 500, "the stub was told nothing more") : next;
  }

  private static void respond(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private void awaitClosing() {
    try {
      closing.await();
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
