package dev.kodo.kernel.guard;

import dev.kodo.kernel.audit.AuditEvent;
import dev.kodo.kernel.audit.AuditSink;
import dev.kodo.kernel.audit.FakeSink;
import dev.kodo.kernel.books.KeptBooks;
import dev.kodo.kernel.books.TestBooks;
import dev.kodo.kernel.budget.Price;
import dev.kodo.kernel.budget.SteppingClock;
import dev.kodo.kernel.budget.Usd;
import dev.kodo.kernel.config.Config;
import dev.kodo.kernel.constitution.Constitution;
import dev.kodo.kernel.home.AtomicFile;
import dev.kodo.kernel.home.Json;
import dev.kodo.kernel.home.KodoHome;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A guard with a real database, before a provider that the test directs. */
final class GuardFixture implements AutoCloseable {
  static final String TOKEN = "guard-token";
  static final String KEY = "sk-very-secret-key";
  static final String LAYER_0 = Constitution.verified().text();

  /** They are known to think nothing, so that a call's bound is the one that it names. */
  private static final List<String> LISTED =
      List.of(
          "paid/m",
          "claude/m",
          "flat/m",
          "riddle/m",
          "local/m",
          "secure/m",
          "gone/m",
          "cli/m",
          "nowhere/m");

  final KodoHome home;
  final FakeProvider provider = new FakeProvider();
  final FakeSink audit = new FakeSink();
  final SteppingClock clock = new SteppingClock(Instant.now());
  final TestBooks books;
  final KeptBooks kept;
  final AtomicBoolean databaseDown = new AtomicBoolean();
  Guard guard;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final AuditSink sink;

  GuardFixture(Path folder) throws IOException, SQLException {
    this(folder, TestBooks.fresh());
  }

  GuardFixture(Path folder, TestBooks books) throws IOException, SQLException {
    this(folder, books, books.keep(), null);
  }

  /** With another log than the one in memory, where it is given. */
  GuardFixture(Path folder, TestBooks books, KeptBooks kept, @Nullable AuditSink log)
      throws IOException, SQLException {
    home = new KodoHome(folder, folder);
    this.books = books;
    this.kept = kept;
    this.sink = log == null ? audit : log;
    Files.writeString(home.config(), "agents: [main]\nmodel.timeout: 3s\n");
    Files.writeString(
        home.budget(),
        "per-day: 1000\nper-hour: 1000\nper-call: 100\nper-heartbeat: 1000\nunknown-price: 0.1\n");
    Files.writeString(
        home.prices(),
        """
        as-of: 2026-11-01
        models:
          paid/m: {input-per-million: 10, output-per-million: 20, per-call: 0.001}
          claude/m: {input-per-million: 10, output-per-million: 20}
          flat/m: {per-call: 0.5, charge-errors: true}
        """);
    Files.writeString(
        home.models(),
        """
        providers:
          paid:   {kind: openai, base-url: "%1$s/v1", key-env: PAID_KEY, max-output-tokens: 1000000}
          claude: {kind: anthropic, base-url: "%1$s", key-env: PAID_KEY}
          flat:   {kind: openai, base-url: "%1$s"}
          riddle: {kind: openai, base-url: "%1$s"}
          local:  {kind: ollama, base-url: "%1$s", free: true}
          secure: {kind: openai, base-url: "https://127.0.0.1:%2$d"}
          ample:  {kind: openai, base-url: "%1$s", price-per-call: 0.5, timeout: 1m}
          gone:   {kind: openai, base-url: "http://127.0.0.1:1"}
          cli:
            kind: command
            command: [/bin/sh, -c, "eval \\"$(grep '^run: ' | cut -c6-)\\""]
            price-per-call: 0.1
            key-env: PAID_KEY
        classes:
          best: [paid/m, claude/m, flat/m, riddle/m, local/m, secure/m, gone/m, cli/m, ample/m]
        """
            .formatted(provider.address(), URI.create(provider.address()).getPort()));
    known(LISTED, "\"thoughts\": [0, 0, 0], \"schema\": \"enforced\", \"tools\": \"no\"");
    start();
  }

  /** As if the guard had learnt so much of these models, in the words of its own file. */
  void known(List<String> models, String facts) throws IOException {
    String all =
        models.stream()
            .map(
                name ->
                    quoted(name)
                        + ": {\"since\": "
                        + quoted(clock.instant().toString())
                        + ", "
                        + facts
                        + "}")
            .collect(Collectors.joining(","));
    AtomicFile.write(home.modelFacts(), "{\"models\": {" + all + "}}");
  }

  void start() throws IOException, SQLException {
    Config config = Config.load(home);
    Map<String, String> environment =
        Map.of("PAID_KEY", KEY, "PATH", System.getenv("PATH"), "OTHER_SECRET", "other");
    guard =
        Guard.start(
            new GuardSetting(
                home,
                config,
                Constitution.verified(),
                registry(config, environment),
                () -> {
                  if (databaseDown.get()) {
                    throw new SQLException("down");
                  }
                  return kept.connect();
                },
                sink,
                TOKEN,
                environment,
                clock),
            0);
  }

  /** With a provider that no file can describe: it has no address, and forwarding to it fails. */
  private Registry registry(Config config, Map<String, String> environment) throws IOException {
    Registry written =
        new ModelsYaml(home.models(), config, environment).parse(Files.readString(home.models()));
    Map<String, Provider> providers = new HashMap<>();
    List<ModelName> models = new ArrayList<>(written.ofClass("best"));
    for (ModelName model : models) {
      written.provider(model.provider()).ifPresent(found -> providers.put(found.name(), found));
    }
    providers.put(
        "nowhere",
        new Provider(
            "nowhere",
            Provider.Kind.OPENAI,
            Optional.empty(),
            ProviderKey.NONE,
            Optional.of(Price.flat(Usd.parse("0.1"), false)),
            Duration.ofSeconds(3),
            Provider.LOAD_TIMEOUT,
            100,
            List.of(),
            Thinking.AS_IT_IS));
    models.add(new ModelName("nowhere", "m"));
    return new Registry(providers, Map.of("best", models), "a test");
  }

  String address() {
    return "http://127.0.0.1:" + guard.port();
  }

  /** A call that the guard lets through: {@code max_tokens} is 100. */
  static String openAi(String user, String more) {
    return "{\"model\":\"m\",\"max_tokens\":100,\"messages\":[{\"role\":\"system\",\"content\":"
        + quoted(LAYER_0 + "\n\nBe brief.")
        + "},{\"role\":\"user\",\"content\":"
        + quoted(user)
        + "}]"
        + more
        + "}";
  }

  static String quoted(String text) {
    return Json.print(Json.object().textNode(text));
  }

  static String completion(String content, String usage) {
    return "{\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":"
        + quoted(content)
        + "}}]"
        + (usage.isEmpty() ? "" : ",\"usage\":" + usage)
        + "}";
  }

  HttpRequest.Builder request(String path, String body) {
    return HttpRequest.newBuilder(URI.create(address() + path))
        .timeout(Duration.ofSeconds(20))
        .header("Authorization", "Bearer " + TOKEN)
        .header("Content-Type", "application/json")
        .header("Kodo-Agent", "main")
        .header("Kodo-Call", "call-1")
        .header("Kodo-Heartbeat", "20261121000000")
        .POST(HttpRequest.BodyPublishers.ofString(body));
  }

  /** The bytes of such a call, for a caller that speaks HTTP by itself. */
  static byte[] bytes(String path, String body) {
    byte[] sent = body.getBytes(StandardCharsets.UTF_8);
    String head =
        """
        POST %s HTTP/1.1
        Authorization: Bearer %s
        Content-Type: application/json
        Kodo-Agent: main
        Kodo-Call: call-1
        Content-Length: %d

        """
            .formatted(path, TOKEN, sent.length);
    return (head + body).getBytes(StandardCharsets.UTF_8);
  }

  HttpResponse<String> call(String provider, String body) throws IOException, InterruptedException {
    String path = provider.equals("local") ? "api/chat" : "chat/completions";
    return send(
        request(
            "/models/" + provider + "/" + (provider.equals("claude") ? "v1/messages" : path),
            body));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<InputStream> open(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
  }

  /**
   * Sends bytes as they are and returns everything that comes back. Nothing follows them, so for
   * the guard the caller has gone: for what it refuses.
   */
  String raw(byte[] bytes) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), guard.port())) {
      socket.setSoTimeout(20_000);
      OutputStream out = socket.getOutputStream();
      out.write(bytes);
      out.flush();
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Sends the bytes of a whole call and returns the begin of what comes back. */
  String statusLine(byte[] bytes) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), guard.port())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(bytes);
      return new String(socket.getInputStream().readNBytes(13), StandardCharsets.UTF_8);
    }
  }

  List<AuditEvent> events(String outcome) {
    return audit.events().stream().filter(event -> event.outcome().equals(outcome)).toList();
  }

  List<String> rows(String query) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = books.guard().connect();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      while (result.next()) {
        List<String> cells = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          cells.add(result.getString(i));
        }
        rows.add(String.join("|", cells));
      }
    }
    return rows;
  }

  @Override
  public void close() throws IOException {
    guard.close();
    kept.close();
    provider.close();
    client.shutdownNow();
  }
}
