package dev.kodo.kernel.engine;

import dev.kodo.kernel.home.AtomicFile;
import dev.kodo.kernel.home.Installation;
import dev.kodo.kernel.part.Backoff;
import dev.kodo.kernel.part.OutsideTrouble;
import dev.kodo.kernel.part.Part;
import dev.kodo.kernel.part.PartCommand;
import dev.kodo.kernel.part.Timing;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** The local Camunda 8 broker with its gateway. */
public final class EnginePart implements Part {
  public static final String NAME = "engine";
  private static final Timing TIMING =
      new Timing(
          Duration.ofSeconds(240),
          Duration.ofSeconds(20),
          Duration.ofSeconds(90),
          Duration.ofSeconds(30),
          Backoff.DEFAULT);

  private final EngineSetting setting;
  private final EngineCanary canary;

  public EnginePart(EngineSetting setting) {
    this.setting = setting;
    this.canary =
        new EngineCanary(
            new EngineRest(
                setting.ports().restAddress(), setting.webApps().map(apps -> apps.token().text())));
  }

  @Override
  public String name() {
    return NAME;
  }

  /** Names this engine's data, so that nobody takes another engine for the one they know. */
  public static String engineId(Path data) throws IOException {
    Path file = data.resolve("engine-id");
    if (!Files.exists(file)) {
      AtomicFile.write(file, UUID.randomUUID() + "\n");
    }
    return Files.readString(file).strip();
  }

  @Override
  public void prepare() throws IOException {
    Files.createDirectories(setting.data());
    AtomicFile.writeVolatile(logging(), loggingSettings());
    if (setting.webApps().isPresent()) {
      setting.webApps().get().writeToken(setting.data());
    }
  }

  private Path logging() {
    return setting.data().resolve("log4j2.xml");
  }

  @Override
  public PartCommand command() throws IOException {
    Path logging = logging();
    Path program = setting.distribution().folder();
    Path data = setting.data();
    boolean alone = setting.webApps().isEmpty();
    List<String> words =
        List.of(
            Installation.java().toString(),
            "-Xmx" + setting.memory(),
            "-XX:+ExitOnOutOfMemoryError",
            // The first compiler alone: half the start time, and the heap is small anyway.
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Dfile.encoding=UTF-8",
            "-Djava.io.tmpdir=" + temporaryFiles(),
            "-Dapp.name=" + (alone ? "broker" : "camunda"),
            "-Dapp.home=" + data,
            "-Dbasedir=" + data,
            "-Dlog4j2.configurationFile=" + logging,
            "-classpath",
            program.resolve("config") + ":" + program.resolve("lib") + "/*",
            "io.camunda.application." + (alone ? "StandaloneBroker" : "StandaloneCamunda"));
    String build = setting.export().isPresent() ? setting.export().get().build() : "";
    String token = setting.webApps().map(apps -> apps.token().text()).orElse("");
    return new PartCommand(words, environment(logging), data, build + token);
  }

  private Map<String, String> environment(Path logging) {
    Path data = setting.data();
    EnginePorts ports = setting.ports();
    Map<String, String> variables = new HashMap<>();
    variables.put("PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin"));
    variables.put("HOME", data.toString());
    variables.put("LC_ALL", "C.UTF-8");
    variables.put("LOGGING_CONFIG", "file:" + logging);
    variables.put("ZEEBE_BROKER_NETWORK_HOST", "127.0.0.1");
    variables.put("ZEEBE_BROKER_NETWORK_COMMANDAPI_PORT", Integer.toString(ports.command()));
    variables.put("ZEEBE_BROKER_NETWORK_INTERNALAPI_PORT", Integer.toString(ports.internal()));
    variables.put("ZEEBE_BROKER_GATEWAY_NETWORK_HOST", "127.0.0.1");
    variables.put("ZEEBE_BROKER_GATEWAY_NETWORK_PORT", Integer.toString(ports.grpc()));
    variables.put("SERVER_ADDRESS", "127.0.0.1");
    variables.put("SERVER_PORT", Integer.toString(ports.rest()));
    variables.put("MANAGEMENT_SERVER_ADDRESS", "127.0.0.1");
    variables.put("MANAGEMENT_SERVER_PORT", Integer.toString(ports.management()));
    variables.put("ZEEBE_BROKER_DATA_DIRECTORY", data.resolve("data").toString());
    variables.put("ZEEBE_BROKER_DATA_LOGSEGMENTSIZE", "16MB");
    variables.put("ZEEBE_BROKER_DATA_SNAPSHOTPERIOD", "5m");
    variables.put("ZEEBE_BROKER_DATA_DISK_FREESPACE_PROCESSING", EngineDisk.PROCESSING_MB + "MB");
    variables.put("ZEEBE_BROKER_DATA_DISK_FREESPACE_REPLICATION", EngineDisk.REPLICATION_MB + "MB");
    setting.export().ifPresent(exporter -> variables.putAll(exporter.environment()));
    setting.placeKeeping().ifPresent(keeping -> variables.putAll(keeping.environment()));
    setting.webApps().ifPresent(apps -> variables.putAll(apps.environment(ports, data)));
    return variables;
  }

  private static String loggingSettings() throws IOException {
    try (InputStream stream = EnginePart.class.getResourceAsStream("log4j2.xml")) {
      return new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Override
  public Optional<Path> scratch() {
    return Optional.of(temporaryFiles());
  }

  private Path temporaryFiles() {
    return setting.data().resolve("tmp");
  }

  @Override
  public void check() throws IOException, OutsideTrouble {
    try {
      canary.check();
    } catch (IOException e) {
      Optional<String> shortage = new EngineDisk(setting.data()).shortage();
      if (shortage.isPresent()) {
        throw new OutsideTrouble(shortage.get(), e);
      }
      throw e;
    }
  }

  @Override
  public Timing timing() {
    return TIMING;
  }

  @Override
  public Map<String, Integer> ports() {
    return setting.ports().byKey();
  }
}
