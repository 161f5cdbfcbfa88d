package dev.kodo.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A provider behind the guard that does what a test tells it to, one request at a time. It answers
 * in the wire format that it is asked in.
 */
final class StubEndpoint implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final FakeGuard guard;
  private final String name;
  private final Deque<Behaviour> behaviours = new ArrayDeque<>();
  private final List<Received> received = new ArrayList<>();

  StubEndpoint(FakeGuard guard, String name) {
    this.guard = guard;
    this.name = name;
  }

  /** What happens to one request. */
  interface Behaviour {
    void on(HttpExchange exchange, boolean streams) throws IOException;
  }

  /** A request as it arrived. */
  record Received(String path, String protocol, Headers headers, JsonNode body) {
    @Nullable String header(String name) {
      return headers.getFirst(name);
    }

    String message(int index) {
      return body.path("messages").path(index).path("content").asText();
    }
  }

  /** A provider at a guard of its own. */
  static StubEndpoint start() {
    return FakeGuard.start().provider("stub");
  }

  String name() {
    return name;
  }

  FakeGuard guard() {
    return guard;
  }

  String baseUrl() {
    return guard.address() + "/models/" + name;
  }

  synchronized List<Received> received() {
    return List.copyOf(received);
  }

  synchronized StubEndpoint then(Behaviour behaviour) {
    behaviours.add(behaviour);
    return this;
  }

  StubEndpoint thenSays(String text) {
    return thenSays(text, Map.of());
  }

  /**
   * @param headers what the guard tells of the cost; of a stream it does so in its last event
   */
  StubEndpoint thenSays(String text, Map<String, String> headers) {
    return then(
        (exchange, streams) -> {
          if (streams) {
            stream(
                exchange,
                at -> at.text(text).finish(false, "100").kodo(ending("complete", headers)));
          } else {
            headers.forEach(exchange.getResponseHeaders()::add);
            respond(exchange, 200, Completions.openAi(text, "stop"));
          }
        });
  }

  StubEndpoint thenIsCutOffAfter(String text) {
    return then(
        (exchange, streams) -> {
          if (streams) {
            stream(
                exchange,
                at -> at.text(text).finish(true, "100").kodo(ending("complete", Map.of())));
          } else {
            respond(exchange, 200, Completions.openAi(text, "length"));
          }
        });
  }

  /** The guard ends the stream behind this text. */
  StubEndpoint thenIsEnded(String text, String ended) {
    return thenStreams(at -> at.text(text).kodo(ending(ended, Map.of())));
  }

  StubEndpoint thenStreams(UnaryOperator<StubStream> events) {
    return then((exchange, streams) -> stream(exchange, events));
  }

  private static void stream(HttpExchange exchange, UnaryOperator<StubStream> events)
      throws IOException {
    String path = exchange.getRequestURI().getPath();
    respond(exchange, 200, events.apply(StubStream.at(path)).written());
  }

  static String ending(String ended, Map<String, String> cost) {
    return """
        {"cost_usd":"%s","basis":"%s","input_tokens":100,"cached_tokens":40,"output_tokens":20,\
        "thinking_tokens":null,"bound":812,"ended":"%s","read_ms":12,"write_ms":90}"""
        .formatted(
            cost.getOrDefault("Kodo-Cost-Usd", ""),
            cost.getOrDefault("Kodo-Cost-Basis", ""),
            ended);
  }

  /** Says the text, and both provider and guard report this instead of the numbers of tokens. */
  StubEndpoint thenSaysAndCounts(String text, String count) {
    String odd =
        ending("complete", Map.of())
            .replace(":100,", ":" + count + ",")
            .replace(":20,", ":" + count + ",");
    return thenStreams(at -> at.text(text).finish(false, count).kodo(odd));
  }

  StubEndpoint thenRefuses(int status, String body) {
    return then((exchange, streams) -> respond(exchange, status, body));
  }

  StubEndpoint thenRefuses(int status, Map<String, String> headers, String body) {
    return then(
        (exchange, streams) -> {
          headers.forEach(exchange.getResponseHeaders()::add);
          respond(exchange, status, body);
        });
  }

  /** The guard itself refuses the next call. */
  StubEndpoint thenTheGuardRefuses(int status, String code, String cap) {
    return thenRefuses(
        status,
        Map.of("Kodo-Guard", code),
        "{\"error\":{\"type\":\"kodo_guard\",\"code\":\"%s\",\"message\":\"no %s\",\"cap\":\"%s\"}}"
            .formatted(code, cap, cap));
  }

  StubEndpoint thenSends(String body) {
    return then((exchange, streams) -> respond(exchange, 200, body));
  }

  /** Reads the request and says nothing until the guard is closed. */
  StubEndpoint thenHangs() {
    return then((exchange, streams) -> guard.awaitClosing());
  }

  /** Sends a part of the body that it promised, and hangs up. */
  StubEndpoint thenBreaksOff() {
    return then(
        (exchange, streams) -> {
          exchange.sendResponseHeaders(200, 1000);
          exchange.getResponseBody().write("{\"choices\":".getBytes(StandardCharsets.UTF_8));
          exchange.getResponseBody().flush();
          exchange.close();
        });
  }

  /** Never stops sending. */
  StubEndpoint thenSendsWithoutEnd(int status) {
    return then(
        (exchange, streams) -> {
          exchange.sendResponseHeaders(status, 0);
          byte[] block = "x".repeat(8192).getBytes(StandardCharsets.UTF_8);
          try (OutputStream body = exchange.getResponseBody()) {
            while (guard.isOpen()) {
              body.write(block);
            }
          }
        });
  }

  /** Sends one byte after the other, faster than any pause between two of them would tell. */
  StubEndpoint thenDrips() {
    return then(
        (exchange, streams) -> {
          exchange.sendResponseHeaders(200, 0);
          try (OutputStream body = exchange.getResponseBody()) {
            while (guard.isOpen()) {
              body.write(' ');
              body.flush();
              java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
            }
          }
        });
  }

  /** Answers with status and headers, sends one byte of the body, and says nothing more. */
  StubEndpoint thenStallsInTheBody(int status) {
    return then(
        (exchange, streams) -> {
          exchange.sendResponseHeaders(status, 1000);
          exchange.getResponseBody().write('{');
          exchange.getResponseBody().flush();
          guard.awaitClosing();
        });
  }

  void handle(HttpExchange exchange) throws IOException {
    JsonNode body = JSON.readTree(exchange.getRequestBody());
    next(exchange, body).on(exchange, body.path("stream").asBoolean());
  }

  private synchronized Behaviour next(HttpExchange exchange, JsonNode body) {
    received.add(
        new Received(
            exchange.getRequestURI().getPath(),
            exchange.getProtocol(),
            exchange.getRequestHeaders(),
            body));
    Behaviour next = behaviours.poll();
    return next == null ? (e, streams) -> respond(e, 500, "the stub was told nothing more") : next;
  }

  private static void respond(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    guard.close();
  }
}
