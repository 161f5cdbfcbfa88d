package dev.kodo.kernel.part;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A part that runs a shell script. */
final class FakePart implements Part {
  static final Timing FAST =
      new Timing(
          Duration.ofSeconds(5),
          Duration.ofMillis(50),
          Duration.ofMillis(400),
          Duration.ofMillis(500),
          new Backoff(Duration.ofMillis(50), Duration.ofMillis(200), 4));

  /** Throws when the part does not work. */
  interface Check {
    void run() throws Exception;
  }

  private final String name;
  private final Path folder;
  private final String script;
  private final List<String> ended;
  @Nullable Path hold;
  @Nullable Path scratch;
  @Nullable MountedAt strays;
  Check check = () -> {};
  Runnable preparation = () -> {};
  Timing timing = FAST;
  Map<String, Integer> ports = Map.of();

  FakePart(String name, Path folder, String script, List<String> ended) {
    this.name = name;
    this.folder = folder;
    this.script = script;
    this.ended = ended;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public PartCommand command() {
    return new PartCommand(
        List.of("/bin/sh", "-c", script), Map.of("PATH", "/usr/bin:/bin"), folder, "");
  }

  @Override
  public void check() throws Exception {
    check.run();
  }

  @Override
  public Timing timing() {
    return timing;
  }

  @Override
  public void prepare() {
    preparation.run();
  }

  @Override
  public Map<String, Integer> ports() {
    return ports;
  }

  @Override
  public Optional<Path> holdFlag() {
    return Optional.ofNullable(hold);
  }

  @Override
  public Optional<Path> scratch() {
    return Optional.ofNullable(scratch);
  }

  @Override
  public boolean killStrays(Duration patience) {
    return strays == null || strays.kill(patience);
  }

  @Override
  public void askToEnd(ProcessHandle process) {
    ended.add(name);
    process.destroy();
  }
}
