package dev.kodo.model;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** The guard's HTTP contract on loopback: the constitution, and providers that tests prompt. */
final class FakeGuard implements AutoCloseable {
  static final String TOKEN = "sk-very-secret-0123456789";
  static final String CONSTITUTION = "Layer 0:  kōdō does no harm. \n\t\n";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Map<String, StubEndpoint> providers = new ConcurrentHashMap<>();
  private final AtomicInteger fetches = new AtomicInteger();
  private volatile byte[] constitution = CONSTITUTION.getBytes(StandardCharsets.UTF_8);
  private volatile String hash = sha256(constitution);
  private volatile int refusal;
  private volatile String facts = "";
  private final AtomicInteger factFetches = new AtomicInteger();

  private FakeGuard(HttpServer server) {
    this.server = server;
  }

  static FakeGuard start() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      FakeGuard guard = new FakeGuard(server);
      server.createContext("/", guard::handle);
      server.setExecutor(guard.threads);
      server.start();
      return guard;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The provider of this name, made at the first time. */
  StubEndpoint provider(String name) {
    return providers.computeIfAbsent(name, each -> new StubEndpoint(this, each));
  }

  /** From now on layer 0 is this, under its right hash. */
  void rules(byte[] text) {
    constitution = text;
    hash = sha256(text);
  }

  /** From now on the hash in the header is this. */
  void claims(String sha256) {
    hash = sha256;
  }

  /** From now on the constitution is answered with this status; 0 for the text. */
  void refusesTheConstitution(int status) {
    refusal = status;
  }

  /** From now on this is what the guard knows of the models; empty for a guard without facts. */
  void knows(String models) {
    facts = models;
  }

  /** How often it was asked for what it knows. */
  int factFetches() {
    return factFetches.get();
  }

  int fetches() {
    return fetches.get();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    if (path.equals("/constitution")) {
      giveTheConstitution(exchange);
      return;
    }
    if (path.equals("/models")) {
      factFetches.incrementAndGet();
      give(exchange, facts);
      return;
    }
    String[] parts = path.split("/", 4);
    if (parts[3].equals("count")) {
      give(exchange, facts.isEmpty() ? "" : "{\"tokens\":[3,1],\"how\":\"tokenize\"}");
      return;
    }
    provider(parts[2]).handle(exchange);
  }

  private static void give(HttpExchange exchange, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(
        bytes.length == 0 ? 404 : 200, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private void giveTheConstitution(HttpExchange exchange) throws IOException {
    fetches.incrementAndGet();
    boolean known =
        ("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"));
    exchange.getResponseHeaders().add("Kodo-Constitution-Sha256", hash);
    int status = refusal != 0 ? refusal : known ? 200 : 401;
    exchange.sendResponseHeaders(status, constitution.length == 0 ? -1 : constitution.length);
    exchange.getResponseBody().write(constitution);
    exchange.close();
  }

  static String sha256(byte[] text) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  boolean isOpen() {
    return closing.getCount() > 0;
  }

  void awaitClosing() {
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
