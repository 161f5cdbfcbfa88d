package dev.kodo.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Stands in for a paid model: an OpenAI-compatible endpoint on loopback that fits its answer to the
 * JSON schema in the request, and counts the calls per idempotency key.
 */
final class ModelStub implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> ROUND =
      List.of("think", "observe", "create", "introspect", "theme-end");

  private static final int LONGEST_PART = 20;

  private final HttpServer server;
  private final Map<String, AtomicInteger> callsByKey = new ConcurrentHashMap<>();
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicInteger choices = new AtomicInteger();
  private final AtomicInteger waiting = new AtomicInteger();
  private volatile String authorization = "";
  private volatile Runnable listener = () -> {};
  private volatile Consumer<Bill> biller = bill -> {};
  private volatile boolean underReports;
  private volatile int failWith;
  private final AtomicInteger misunderstood = new AtomicInteger();
  private volatile String riddle = "";
  private volatile CountDownLatch gate = new CountDownLatch(0);
  private volatile Duration thinkingTime = Duration.ZERO;

  ModelStub() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/v1/chat/completions", this::complete);
    server.start();
  }

  String baseUrl() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
  }

  int calls() {
    return calls.get();
  }

  /** Calls per idempotency key; more than one means that a call was repeated. */
  Map<String, AtomicInteger> callsByKey() {
    return callsByKey;
  }

  /** From now on every call is answered with this HTTP status; 0 for real answers. */
  void failWith(int status) {
    failWith = status;
  }

  /** From now on calls whose prompt has this text get an answer that fits no schema. */
  void misunderstand(String text) {
    riddle = text;
  }

  /** Calls that were answered so. */
  int misunderstood() {
    return misunderstood.get();
  }

  /** From now on calls are taken and answered only after {@link #release}. */
  void hold() {
    gate = new CountDownLatch(1);
  }

  void release() {
    gate.countDown();
  }

  /** Calls that were taken and not answered yet. */
  int waiting() {
    return waiting.get();
  }

  /** The header of the latest call that was answered. */
  String authorization() {
    return authorization;
  }

  /** Runs at each call that is answered, before the answer. */
  void whenCalled(Runnable told) {
    listener = told;
  }

  /** What a call really used, at a token for four characters, as its provider would bill it. */
  record Bill(long promptTokens, long answerTokens) {}

  /** Runs at each call that is answered, before the answer. */
  void whenBilled(Consumer<Bill> told) {
    biller = told;
  }

  /** From now on the answers report one token each way, whatever was used. */
  void underReport() {
    underReports = true;
  }

  /** From now on every answer takes at least this long. */
  void thinkFor(Duration time) {
    thinkingTime = time;
  }

  private void complete(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      if (failWith != 0) {
        send(
            exchange,
            failWith,
            "application/json",
            "{\"error\": {\"message\": \"stub was told to fail\"}}");
        return;
      }
      if (isProbe(body)) {
        send(exchange, 200, "application/json", reply("The sea is wide."));
        return;
      }
      calls.incrementAndGet();
      authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
      listener.run();
      String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
      callsByKey
          .computeIfAbsent(String.valueOf(key), absent -> new AtomicInteger())
          .incrementAndGet();
      JsonNode request = JSON.readTree(body);
      String answer = answer(request, body).toString();
      biller.accept(new Bill(tokens(request.get("messages").toString()), tokens(answer)));
      boolean streams = request.path("stream").asBoolean();
      String reply = streams ? stream(answer) : reply(answer);
      think();
      send(exchange, 200, streams ? "text/event-stream" : "application/json", reply);
    }
  }

  /** The guard asks a free server once what it can do; that is no call of the agent's. */
  private static boolean isProbe(String body) {
    return body.contains("Write one sentence about the sea.");
  }

  private void think() {
    waiting.incrementAndGet();
    try {
      gate.await(5, TimeUnit.MINUTES);
      new CountDownLatch(1).await(thinkingTime.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      waiting.decrementAndGet();
    }
  }

  private ObjectNode answer(JsonNode request, String body) {
    JsonNode properties = request.at("/response_format/json_schema/schema/properties");
    String prompt = request.at("/messages").toString().replace("\\n", "\n");
    ObjectNode answer = JSON.createObjectNode();
    if (!riddle.isEmpty() && prompt.contains(riddle)) {
      misunderstood.incrementAndGet();
      return answer;
    }
    if (properties.has("activity")) {
      answer
          .put("activity", choose(properties.at("/activity/enum")))
          .put("reason", "It keeps the balance of this stubbed round.")
          .put("minutes", 0);
    } else if (properties.has("arrangement")) {
      answer
          .put("arrangement", "one-expert")
          .put("comparison", "One expert is enough for a stub.")
          .put("expert", "Stub expert")
          .put("body", "Look at the theme as a stub would.");
    } else if (properties.has("score")) {
      answer
          .put("score", 7)
          .put("summary", "The stub looked back.")
          .put("body", "The stub looked back at its work.")
          .put("proposal", "Go on.");
    } else if (properties.has("text")) {
      answer
          .put("title", "Stub theme " + calls.get())
          .put("text", "A theme that the stub made up. It has two sentences.");
    } else {
      answer
          .put("title", "Stub work " + calls.get())
          .put("summary", "The stub worked.")
          .put(
              "body",
              "Call "
                  + calls.get()
                  + " of the stub, "
                  + body.length()
                  + " characters asked. It says a little more than it has to, so that nobody takes it for a piece that is hardly one. That is all.");
    }
    if (properties.at("/body/type").asText().equals("array")) {
      String first = answer.path("body").asText();
      answer.putArray("body").add(first).add("A second paragraph.").add("A third one.");
    }
    return answer;
  }

  private String choose(JsonNode offered) {
    List<String> permitted = new ArrayList<>();
    offered.forEach(activity -> permitted.add(activity.asText()));
    for (int offset = 0; offset < ROUND.size(); offset++) {
      String wanted = ROUND.get(choices.getAndIncrement() % ROUND.size());
      if (permitted.contains(wanted)) {
        return wanted;
      }
    }
    return permitted.getFirst();
  }

  private static long tokens(String text) {
    return text.codePointCount(0, text.length()) / 4;
  }

  private String reply(String answer) {
    ObjectNode reply = JSON.createObjectNode();
    reply
        .put("id", "stub")
        .put("object", "chat.completion")
        .put("created", 0)
        .put("model", "stub-model");
    ObjectNode choice = reply.putArray("choices").addObject();
    choice.put("index", 0).put("finish_reason", "stop");
    choice.putObject("message").put("role", "assistant").put("content", answer);
    count(reply.putObject("usage"));
    return reply.toString();
  }

  /** The same as {@link #reply}, in parts. */
  private String stream(String answer) {
    StringBuilder events = new StringBuilder();
    for (int at = 0; at < answer.length(); at += LONGEST_PART) {
      String part = answer.substring(at, Math.min(answer.length(), at + LONGEST_PART));
      ObjectNode chunk = chunk();
      ObjectNode choice = chunk.putArray("choices").addObject().put("index", 0);
      choice.putNull("finish_reason").putObject("delta").put("content", part);
      event(events, chunk);
    }
    ObjectNode last = chunk();
    last.putArray("choices")
        .addObject()
        .put("index", 0)
        .put("finish_reason", "stop")
        .putObject("delta");
    event(events, last);
    ObjectNode usage = chunk();
    usage.putArray("choices");
    count(usage.putObject("usage"));
    event(events, usage);
    return events.append("data: [DONE]\n\n").toString();
  }

  private static ObjectNode chunk() {
    return JSON.createObjectNode()
        .put("id", "stub")
        .put("object", "chat.completion.chunk")
        .put("created", 0)
        .put("model", "stub-model");
  }

  private static void event(StringBuilder events, ObjectNode data) {
    events.append("data: ").append(data).append("\n\n");
  }

  private void count(ObjectNode usage) {
    usage
        .put("prompt_tokens", underReports ? 1 : 100)
        .put("completion_tokens", underReports ? 1 : 50)
        .put("total_tokens", underReports ? 2 : 150);
  }

  private static void send(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
