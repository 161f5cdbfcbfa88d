package dev.kodo.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A Kodo of its own in a temporary home, on free ports, driven through the {@code kodo} command
 * like a user would.
 */
final class Installation implements AutoCloseable {
  static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path root;
  private final Path home;
  private final Map<String, String> config = new LinkedHashMap<>();
  private final Map<String, String> environment = new LinkedHashMap<>();
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private final int restPort;

  Installation(Path home, Map<String, String> settings) {
    this(REPOSITORY, home, settings);
  }

  /**
   * @param root folder with the launcher, the diagrams and the programs
   */
  Installation(Path root, Path home, Map<String, String> settings) {
    this.root = root;
    this.home = home;
    List<Integer> ports = freePorts(10);
    restPort = ports.get(1);
    config.put("engine.grpc-port", ports.get(0).toString());
    config.put("engine.rest-port", ports.get(1).toString());
    config.put("engine.command-port", ports.get(2).toString());
    config.put("engine.internal-port", ports.get(3).toString());
    config.put("engine.management-port", ports.get(4).toString());
    config.put("database.port", ports.get(5).toString());
    config.put("api.port", ports.get(6).toString());
    config.put("guard.port", ports.get(7).toString());
    config.put("operate.search-port", ports.get(8).toString());
    config.put("operate.search-transport-port", ports.get(9).toString());
    config.put("time-zone", "Asia/Tokyo");
    config.putAll(settings);
    StringBuilder yaml = new StringBuilder();
    config.forEach((key, value) -> yaml.append(key).append(": ").append(value).append('\n'));
    try {
      Files.createDirectories(home);
      Files.writeString(home.resolve("kodo.yml"), yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Lays out the repository once more: the programs of this build, and diagrams and forms that a
   * test may edit.
   */
  static Path copyTo(Path root) throws IOException {
    Files.createDirectories(root);
    Files.copy(
        REPOSITORY.resolve("kodo"), root.resolve("kodo"), StandardCopyOption.COPY_ATTRIBUTES);
    for (String folder : List.of("processes", "forms")) {
      Files.createDirectories(root.resolve(folder));
      try (Stream<Path> files = Files.list(REPOSITORY.resolve(folder))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Files.copy(file, root.resolve(folder).resolve(file.getFileName().toString()));
        }
      }
    }
    for (String module : List.of("kernel", "exporter", "search", "workers")) {
      Path built = REPOSITORY.resolve(module).resolve("target");
      Path target = Files.createDirectories(root.resolve(module).resolve("target"));
      for (String name : List.of("kodo-" + module + ".jar", "lib")) {
        if (Files.exists(built.resolve(name))) {
          Files.createSymbolicLink(target.resolve(name), built.resolve(name));
        }
      }
    }
    return root;
  }

  /** Gives every later command, and so the kernel, an environment variable. */
  void putEnvironment(String name, String value) {
    environment.put(name, value);
  }

  record Ran(int exitCode, String output) {}

  /** Runs {@code kodo} with these arguments and waits for it. */
  Ran kodo(String... arguments) {
    List<String> command = new ArrayList<>(List.of(root.resolve("kodo").toString()));
    command.addAll(List.of(arguments));
    try {
      Path output = Files.createTempFile("kodo", ".out");
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
      builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
      builder.environment().put("KODO_HOME", home.toString());
      // The jars of this very build are there already; a test never starts another build.
      builder.environment().put("KODO_BUILD", "never");
      builder.environment().put("KODO_CACHE", sharedCache().toString());
      builder.environment().putAll(environment);
      Process process = builder.start();
      if (!process.waitFor(10, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new AssertionError(
            "kodo " + String.join(" ", arguments) + " did not end:\n" + Files.readString(output));
      }
      String text = Files.readString(output);
      Files.delete(output);
      return new Ran(process.exitValue(), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Starts everything and fails the test with the output when that does not work. */
  void up(String... options) {
    List<String> arguments = new ArrayList<>(List.of("up", "-d"));
    arguments.addAll(List.of(options));
    Ran ran = kodo(arguments.toArray(String[]::new));
    if (ran.exitCode() != 0) {
      throw new AssertionError(
          "kodo up -d ended with " + ran.exitCode() + ":\n" + ran.output() + logs());
    }
  }

  private String logs() {
    StringBuilder all = new StringBuilder();
    for (String part : List.of("kernel", "postgres", "search", "engine", "workers")) {
      Path log = home.resolve("logs").resolve(part + ".log");
      if (Files.exists(log)) {
        all.append("\n--- ").append(part).append('\n').append(tail(log));
      }
    }
    return all.toString();
  }

  private static String tail(Path file) {
    try {
      List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
    } catch (IOException e) {
      return e.toString();
    }
  }

  Path home() {
    return home;
  }

  /** Where the engine's REST interface is, and Operate and Tasklist when they run. */
  String engineAddress() {
    return "http://127.0.0.1:" + restPort;
  }

  Path workspace() {
    return Path.of(config.getOrDefault("workspace.path", home.resolve("workspace").toString()))
        .resolve("main");
  }

  /** The recorded process of a part: {@code postgres}, {@code engine} or {@code workers}. */
  ProcessHandle part(String name) {
    try {
      JsonNode record = JSON.readTree(home.resolve("run").resolve(name + ".json").toFile());
      return ProcessHandle.of(record.get("pid").asLong())
          .orElseThrow(() -> new IllegalStateException(name + " does not run"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Kills a part as hard as the system can, its children too. */
  void kill(String name) {
    ProcessHandle process = part(name);
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  JsonNode api(String path) {
    return send(apiRequest(path).GET().build());
  }

  JsonNode apiPost(String path, String body) {
    return send(
        apiRequest(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  /** Posts to the engine's own REST API, as plain curl would. */
  JsonNode enginePost(String path, String body) {
    return send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + restPort + path))
            .timeout(Duration.ofSeconds(20))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  private HttpRequest.Builder apiRequest(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + config.get("api.port") + path))
        .timeout(Duration.ofSeconds(20))
        .header("Authorization", "Bearer " + workersProperty("kodo.api-token"));
  }

  /** A property that the kernel gave to the workers. */
  String workersProperty(String key) {
    Properties properties = new Properties();
    try (var reader = Files.newBufferedReader(home.resolve("run/workers.properties"))) {
      properties.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty(key);
  }

  private JsonNode send(HttpRequest request) {
    try {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() >= 300) {
        throw new IllegalStateException(
            request.uri() + " answered " + response.statusCode() + ": " + response.body() + logs());
      }
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** The engine's distribution is unpacked once for all test runs. */
  private static Path sharedCache() {
    return REPOSITORY.resolve("target/kodo-cache");
  }

  private static List<Integer> freePorts(int count) {
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        sockets.add(new ServerSocket(0));
      }
      return sockets.stream().map(ServerSocket::getLocalPort).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      sockets.forEach(
          socket -> {
            try {
              socket.close();
            } catch (IOException ignoredOnClosing) {
              // The port is free again at the latest when the test ends.
            }
          });
    }
  }

  @Override
  public void close() {
    kodo("down");
  }
}
