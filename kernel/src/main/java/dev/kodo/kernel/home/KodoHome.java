package dev.kodo.kernel.home;

import java.nio.file.Path;
import java.util.Map;

/**
 * The one folder that holds everything Kodo keeps. This record only names paths; it creates
 * nothing.
 */
public record KodoHome(Path root, Path cache) {

  /** Reads {@code KODO_HOME} and {@code KODO_CACHE}; the default is {@code ~/.kodo}. */
  public static KodoHome from(Map<String, String> environment) {
    String home = environment.getOrDefault("KODO_HOME", "");
    Path root = home.isBlank() ? Path.of(System.getProperty("user.home"), ".kodo") : Path.of(home);
    root = root.toAbsolutePath().normalize();
    String cache = environment.getOrDefault("KODO_CACHE", "");
    return new KodoHome(
        root, cache.isBlank() ? root.resolve("cache") : Path.of(cache).toAbsolutePath());
  }

  public Path config() {
    return root.resolve("kodo.yml");
  }

  /** The caps that {@code kodo budget set} writes. */
  public Path budget() {
    return root.resolve("budget.yml");
  }

  /** What {@code kodo approve} allows beyond that, on one day. */
  public Path budgetToday() {
    return root.resolve("budget-today.yml");
  }

  /** What the providers take. */
  public Path prices() {
    return root.resolve("prices.yml");
  }

  /** Providers and classes of models; may be missing. */
  public Path models() {
    return root.resolve("models.yml");
  }

  /** What the workers are told of them. */
  public Path modelsForWorkers() {
    return run().resolve("models.json");
  }

  /** What the guard has found out about them. */
  public Path modelFacts() {
    return data().resolve("model-facts.json");
  }

  public Path data() {
    return root.resolve("data");
  }

  public Path logs() {
    return root.resolve("logs");
  }

  public Path log(String part) {
    return logs().resolve(part + ".log");
  }

  public Path run() {
    return root.resolve("run");
  }

  public Path secrets() {
    return root.resolve("secrets");
  }

  /** What vouches for the audit log outside the database. */
  public Path audit() {
    return root.resolve("audit");
  }

  public Path workspace() {
    return root.resolve("workspace");
  }

  public Path panicFlag() {
    return run().resolve("panic");
  }

  public Path stateFile() {
    return run().resolve("state.json");
  }

  public Path kernelRecord() {
    return run().resolve("kernel.json");
  }
}
