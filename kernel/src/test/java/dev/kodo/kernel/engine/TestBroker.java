package dev.kodo.kernel.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kodo.kernel.maven.MavenDownload;
import dev.kodo.kernel.part.PartCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * A published broker without Kodo around it, on free ports and with data of its own, started as the
 * kernel starts the local engine. Its clock can be moved.
 */
public final class TestBroker implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The versions that Kodo is tried with. */
  public enum Release {
    V8_5_8(
        "io.camunda.zeebe.broker.StandaloneBroker",
        "8.5.8",
        "53ce62b008e61a87a3f7aed700065ad1352084a24c85771bc4e8300828bf95b4"),
    V8_6_0(
        "io.camunda.application.StandaloneBroker",
        EngineRelease.PINNED.version(),
        EngineRelease.PINNED.sha256());

    private final String program;
    private final String version;
    private final String sha256;

    Release(String program, String version, String sha256) {
      this.program = program;
      this.version = version;
      this.sha256 = sha256;
    }

    private EngineRelease distribution() {
      return new EngineRelease(
          EngineRelease.PINNED.group(), EngineRelease.PINNED.artifact(), version, sha256);
    }
  }

  /** What the broker is to be good at. */
  public enum Span {
    /** Ready soon, as the kernel starts it. */
    MINUTES,
    /** Quick for a long time: the second compiler is worth its time then. */
    DAYS
  }

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private final EnginePorts ports;
  private final Path log;
  private final Process process;

  private TestBroker(EnginePorts ports, Path log, Process process) {
    this.ports = ports;
    this.log = log;
    this.process = process;
  }

  /**
   * Returns when the broker takes commands.
   *
   * @param cache where the distribution is unpacked, and fetched to when it is missing
   * @param data an empty folder
   */
  public static TestBroker start(Release release, Path cache, Path data, Span span) {
    try {
      EngineDistribution distribution =
          EngineDistribution.obtain(
              release.distribution(),
              cache,
              ignored -> {},
              (wanted, folder, progress) ->
                  MavenDownload.artifact(wanted.coordinates(), folder, progress));
      EnginePorts ports = freePorts();
      EnginePart part =
          new EnginePart(
              new EngineSetting(
                  distribution,
                  data,
                  ports,
                  "1g",
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty()));
      part.prepare();
      Files.createDirectories(part.scratch().orElseThrow());
      Path log = data.resolve("broker.log");
      TestBroker broker = new TestBroker(ports, log, launch(part.command(), release, span, log));
      // A test run that is broken off leaves no broker behind.
      Runtime.getRuntime().addShutdownHook(new Thread(broker.process::destroyForcibly));
      broker.awaitReady();
      return broker;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Process launch(PartCommand command, Release release, Span span, Path log)
      throws IOException {
    List<String> words =
        command.words().stream()
            .filter(word -> span == Span.MINUTES || !word.startsWith("-XX:TieredStopAtLevel"))
            .map(word -> word.endsWith(".StandaloneBroker") ? release.program : word)
            .toList();
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .directory(command.folder().toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    Map<String, String> environment = new HashMap<>(command.environment());
    environment.put("ZEEBE_CLOCK_CONTROLLED", "true");
    // Nobody needs its data after a crash of the machine.
    environment.put("ZEEBE_BROKER_CLUSTER_RAFT_FLUSH_ENABLED", "false");
    if (span == Span.DAYS) {
      // By its own clock, which is moved on by minutes in a moment.
      environment.put("ZEEBE_BROKER_DATA_SNAPSHOTPERIOD", "1h");
    }
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder.start();
  }

  private void awaitReady() throws IOException {
    Instant giveUp = Instant.now().plus(PATIENCE);
    while (!isReady()) {
      if (!process.isAlive() || Instant.now().isAfter(giveUp)) {
        close();
        throw new AssertionError("The broker did not get ready:\n" + Files.readString(log));
      }
      LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
    }
  }

  private boolean isReady() {
    try {
      JsonNode partition = partition();
      return partition.path("role").asText().equals("LEADER")
          && partition.path("streamProcessorPhase").asText().equals("PROCESSING")
          && send(management("/actuator/health/readiness").GET()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  public String grpcAddress() {
    return ports.grpcAddress();
  }

  public String restAddress() {
    return ports.restAddress();
  }

  /** Moves the clock on; what falls due happens soon after, not before this returns. */
  public void pass(Duration duration) {
    try {
      HttpResponse<String> answer =
          send(
              management("/actuator/clock/add")
                  .header("Content-Type", "application/json")
                  .POST(
                      HttpRequest.BodyPublishers.ofString(
                          "{\"offsetMilli\": %d}".formatted(duration.toMillis()))));
      if (answer.statusCode() != 200) {
        throw new AssertionError("Clock: " + answer.statusCode() + " " + answer.body());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Place in its log up to which the broker has processed; it stands still when there is no work.
   */
  public long processed() throws IOException {
    return partition().path("processedPosition").asLong();
  }

  private JsonNode partition() throws IOException {
    return JSON.readTree(send(management("/actuator/partitions").GET()).body()).path("1");
  }

  private HttpRequest.Builder management(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ports.management() + path))
        .timeout(Duration.ofSeconds(20));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static EnginePorts freePorts() throws IOException {
    List<ServerSocket> sockets =
        IntStream.range(0, 5)
            .mapToObj(
                ignored -> {
                  try {
                    return new ServerSocket(0);
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                })
            .toList();
    List<Integer> ports = sockets.stream().map(ServerSocket::getLocalPort).toList();
    for (ServerSocket socket : sockets) {
      socket.close();
    }
    return new EnginePorts(ports.get(0), ports.get(1), ports.get(2), ports.get(3), ports.get(4));
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
