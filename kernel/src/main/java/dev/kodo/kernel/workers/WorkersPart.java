package dev.kodo.kernel.workers;

import dev.kodo.kernel.config.ConfigKey;
import dev.kodo.kernel.home.AtomicFile;
import dev.kodo.kernel.home.Installation;
import dev.kodo.kernel.home.KodoHome;
import dev.kodo.kernel.part.Backoff;
import dev.kodo.kernel.part.MountedAt;
import dev.kodo.kernel.part.Part;
import dev.kodo.kernel.part.PartCommand;
import dev.kodo.kernel.part.Timing;
import dev.kodo.kernel.problem.Problem;
import dev.kodo.kernel.problem.ProblemCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The JVM of the job workers: the agent's body. */
public final class WorkersPart implements Part {
  public static final String NAME = "workers";
  private static final Duration CHECK = Duration.ofSeconds(5);
  private static final Timing TIMING =
      new Timing(
          Duration.ofSeconds(180),
          Duration.ofSeconds(5),
          Duration.ofSeconds(60),
          Duration.ofSeconds(20),
          Backoff.DEFAULT);

  private final WorkersSetting setting;
  private final Map<String, String> inherited;
  private final WorkersApi api;

  /**
   * The part for these settings.
   *
   * @param inherited the kernel's environment, of which the workers get a few variables
   */
  public WorkersPart(WorkersSetting setting, Map<String, String> inherited) {
    this.setting = setting;
    this.inherited = inherited;
    this.api =
        new WorkersApi(setting.config().number(ConfigKey.API_PORT), setting.apiToken(), CHECK);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public PartCommand command() throws IOException {
    Path jar = setting.installation().workersJar();
    if (!Files.exists(jar)) {
      throw new Problem(
          ProblemCode.PART_FAILED,
          "Expected the workers' program at " + jar + ", but there is none.",
          "Build it with `mvn package` in " + setting.installation().root() + ".");
    }
    String properties = WorkersProperties.of(setting).text();
    List<String> words = new ArrayList<>();
    if (setting.confinement().isPresent()) {
      words.addAll(setting.confinement().get().prefix());
    }
    words.addAll(
        List.of(
            Installation.java().toString(),
            "-Xmx" + setting.config().text(ConfigKey.WORKERS_MEMORY),
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            "-Dfile.encoding=UTF-8",
            "-Djava.io.tmpdir=" + temporaryFiles(),
            "-Dstdout.encoding=UTF-8",
            "-jar",
            jar.toString(),
            "--spring.config.additional-location=file:" + propertiesFile()));
    String build = Files.size(jar) + " " + Files.getLastModifiedTime(jar);
    return new PartCommand(
        words,
        environment(),
        setting.home().root(),
        properties + "\n" + setting.guard().models() + "\n" + build);
  }

  @Override
  public void prepare() throws IOException {
    AtomicFile.writeSecret(propertiesFile(), WorkersProperties.of(setting).text());
    AtomicFile.write(setting.guard().file(), setting.guard().models());
  }

  private Path propertiesFile() {
    return setting.home().run().resolve("workers.properties");
  }

  /** No key of a provider: only the guard has those. The owner's channels are the body's own. */
  private Map<String, String> environment() {
    Map<String, String> variables = new HashMap<>();
    for (String name : List.of("PATH", "HOME", "TZ")) {
      if (inherited.containsKey(name)) {
        variables.put(name, inherited.get(name));
      }
    }
    for (ConfigKey key :
        List.of(ConfigKey.CHANNEL_LINE_TOKEN_ENV, ConfigKey.CHANNEL_MAIL_PASSWORD_ENV)) {
      String name = setting.config().text(key);
      if (inherited.containsKey(name)) {
        variables.put(name, inherited.get(name));
      }
    }
    variables.put("LANG", "C.UTF-8");
    variables.put("LC_ALL", "C.UTF-8");
    return variables;
  }

  @Override
  public void check() throws IOException {
    api.requireReady();
  }

  @Override
  public Timing timing() {
    return TIMING;
  }

  @Override
  public Map<String, Integer> ports() {
    return Map.of(ConfigKey.API_PORT.key(), setting.config().number(ConfigKey.API_PORT));
  }

  @Override
  public Optional<Path> scratch() {
    return Optional.of(temporaryFiles());
  }

  @Override
  public boolean killStrays(Duration patience) {
    return strays(setting.home()).kill(patience);
  }

  /** What once was started by workers that were locked in, whoever its parent is now. */
  public static MountedAt strays(KodoHome home) {
    return new MountedAt(Confinement.temporaryFiles(home));
  }

  private Path temporaryFiles() {
    return Confinement.temporaryFiles(setting.home());
  }

  @Override
  public Optional<Path> holdFlag() {
    return Optional.of(setting.home().panicFlag());
  }
}
