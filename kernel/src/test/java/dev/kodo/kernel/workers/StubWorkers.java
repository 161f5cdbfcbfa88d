package dev.kodo.kernel.workers;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.kodo.kernel.Samples;
import java.io.IOException;
import java.io.Reader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/** A program that answers like the workers, for tests of the kernel around them. */
public final class StubWorkers {
  private static final Map<String, String> ANSWERS =
      Map.of(
          "GET /api/health",
          "{\"state\":\"ready\"}",
          "GET /api/status",
          Samples.text("status.json"),
          "GET /api/heartbeats",
          """
          {"last":1,"heartbeats":[{"seq":1,"agentId":"main","heartbeatId":"20260101000000",
            "mode":"normal","trigger":"rest","activity":"theme-start","reason":"there was no theme",
            "outcome":"closed","theme":"蜂の一生","artifactPath":"artifacts/a.md","model":"rehearsal",
            "rehearsal":true,"durationMs":900,"closedAt":"2026-01-01T00:00:01Z"}]}
          """,
          "GET /api/decisions",
          """
          [{"decisionId":"d-17","agentId":"main","kind":"review","question":"Resume the agent?",
            "detail":"four times MODEL_UNAVAILABLE","hash":"abc","dueAt":"2026-01-08T00:00:00Z"}]
          """,
          "POST /api/decisions/d-17",
          "{\"result\":\"approved\"}",
          "POST /api/agents/main/beat",
          "{\"result\":\"already-beating\"}",
          "POST /api/agents/main/start",
          "{\"result\":\"running\"}",
          "POST /api/deploy",
          """
          {"results":[{"resource":"heartbeat.bpmn","result":"deployed","version":2,"problems":[]},
            {"resource":"bad.bpmn","result":"refused","problems":["no worker for job type x"]}]}
          """,
          "POST /api/canary",
          "{\"millis\":12}");

  private StubWorkers() {}

  /** Takes the same argument as the workers: where their properties are. */
  public static void main(String[] args) throws IOException {
    Path file = Path.of(args[0].substring(args[0].indexOf("file:") + "file:".length()));
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    }
    String token = "Bearer " + properties.getProperty("kodo.api-token");
    int port = Integer.parseInt(properties.getProperty("server.port"));
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext("/", exchange -> answer(exchange, token));
    server.start();
    System.out.println("stub workers at " + port);
  }

  private static void answer(HttpExchange exchange, String token) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String request = exchange.getRequestMethod() + " " + path;
    exchange.getRequestBody().readAllBytes();
    boolean allowed =
        path.equals("/api/health")
            || token.equals(exchange.getRequestHeaders().getFirst("Authorization"));
    String text = ANSWERS.getOrDefault(request, "{\"code\":\"UNKNOWN\",\"message\":\"?\"}");
    int status = !allowed ? 401 : ANSWERS.containsKey(request) ? 200 : 404;
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
