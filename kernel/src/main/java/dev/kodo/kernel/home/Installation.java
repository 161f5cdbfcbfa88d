package dev.kodo.kernel.home;

import java.nio.file.Path;
import java.util.Map;

/** The folder that Kodo was cloned to: diagrams, forms, jars and the launcher. */
public record Installation(Path root, Path workersJar) {

  /**
   * The launcher names the root in the system property {@code kodo.installation}; {@code
   * KODO_WORKERS_JAR} replaces the workers' program, which tests use.
   */
  public static Installation find(Map<String, String> environment) {
    String root = System.getProperty("kodo.installation", "");
    Path folder = (root.isBlank() ? Path.of("") : Path.of(root)).toAbsolutePath().normalize();
    String jar = environment.getOrDefault("KODO_WORKERS_JAR", "");
    return new Installation(
        folder,
        jar.isBlank()
            ? folder.resolve("workers/target/kodo-workers.jar")
            : Path.of(jar).toAbsolutePath());
  }

  /** What the local engine loads to write down what its processes do; may be missing. */
  public Path exporterJar() {
    return root.resolve("exporter/target/kodo-exporter.jar");
  }

  /** Starts the search engine behind Operate; may be missing. */
  public Path searchJar() {
    return root.resolve("search/target/kodo-search.jar");
  }

  /** The program that runs Java classes: the one that runs the kernel itself. */
  public static Path java() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }
}
